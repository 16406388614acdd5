//! Lists of one type of record: which records, in what order and how far; asked for in code, or by the names in the catalogue.

use std::marker::PhantomData;

use sister_cities_domain::id::RecordKind;

use crate::catalogue::{Column, ColumnOf, ColumnValue, Comparison, KindDescription, ListFilter, describe};
use crate::{Condition, Cursor, Direction, Order, Query, Record, Value};

/// Something that must hold of a record of type `T`. Made by the columns and sets of its kind.
#[derive(Clone, Debug)]
pub struct Filter<T> {
    pub(crate) condition: Condition,
    of: PhantomData<fn(&T)>,
}

/// What to list: filters that must all hold, an order, and where to begin.
#[derive(Clone, Debug)]
pub struct Listing<T: Record> {
    /// The filters.
    pub filters: Vec<Filter<T>>,
    /// The order.
    pub order: Order,
    /// After this position.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// A list is asked for by what its kind does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("lists of records of kind {kind} cannot be asked for with {name}={value:?}")]
pub struct UnknownParameter {
    /// The kind of record.
    pub kind: RecordKind,
    /// The name of the parameter.
    pub name: String,
    /// What was asked for.
    pub value: String,
}

impl<T> Filter<T> {
    pub(crate) const fn new(condition: Condition) -> Self {
        Self { condition, of: PhantomData }
    }

    /// The one value that the column must hold, if this filter says so.
    fn value_of(&self, column: &Column) -> Option<&Value> {
        let Condition::OneOf(own, values) = &self.condition else { return None };
        let [value] = values.as_slice() else { return None };
        (own.name == column.name).then_some(value)
    }
}

impl<T: Record> Listing<T> {
    /// Everything, in the order of creation, `limit` at most.
    #[must_use]
    pub const fn first(limit: u32) -> Self {
        Self { filters: Vec::new(), order: Order::CREATION, after: None, limit }
    }

    /// Everything, in the order in which such records are listed unless another is asked for, `limit` at most.
    #[must_use]
    pub fn by_default(limit: u32) -> Self {
        Self { order: T::DESCRIPTION.default_order, ..Self::first(limit) }
    }

    /// What is asked for by name: filters and orders by their names in the catalogue; besides, `sort` names the order, `order` its
    /// direction, and `limit` says how many.
    ///
    /// # Errors
    ///
    /// [`UnknownParameter`] for any other name, and for a value that no record can have. Whoever declares the parameters of a list
    /// for callers sees to it that there is none.
    pub fn asked<'a>(
        parameters: impl IntoIterator<Item = (&'a str, String)>,
        limit: u32,
    ) -> Result<Self, UnknownParameter> {
        let mut listing = Self::by_default(limit);
        for (name, value) in parameters {
            if listing.ask(name, &value).is_none() {
                return Err(UnknownParameter { kind: T::KIND, name: name.to_owned(), value });
            }
        }
        Ok(listing)
    }

    fn ask(&mut self, name: &str, value: &str) -> Option<()> {
        let description = describe(T::KIND);
        match name {
            "sort" if value == Order::CREATION_NAME => self.order.by = None,
            "sort" => self.order.by = Some(order_column(description, value)?),
            "order" => self.order.direction = Direction::named(value)?,
            "limit" => self.limit = value.parse().ok()?,
            _ => self.filters.push(Filter::new(condition(description, name, value)?)),
        }
        Some(())
    }

    /// Only what passes this filter too.
    #[must_use]
    pub fn filter(mut self, filter: Filter<T>) -> Self {
        self.filters.push(filter);
        self
    }

    /// The value that the column is to hold, if the list is filtered by that.
    #[must_use]
    pub fn asks_for<V: ColumnValue>(&self, column: &ColumnOf<T, V>) -> Option<V::Compared> {
        self.filters.iter().find_map(|filter| V::Compared::from_value(filter.value_of(&column.column)?))
    }

    /// The same, and the list is no longer filtered by it.
    pub fn take<V: ColumnValue>(&mut self, column: &ColumnOf<T, V>) -> Option<V::Compared> {
        let value = self.asks_for(column);
        self.filters.retain(|filter| filter.value_of(&column.column).is_none());
        value
    }

    /// In the order of that column, which every record has.
    #[must_use]
    pub fn order_by<V: ColumnValue>(self, column: &'static ColumnOf<T, V>, direction: Direction) -> Self {
        Self { order: Order { by: Some(&column.column), direction }, ..self }
    }

    /// After this position.
    #[must_use]
    pub fn after(self, cursor: Option<Cursor>) -> Self {
        Self { after: cursor, ..self }
    }

    pub(crate) fn query(&self) -> Query {
        Query {
            kind: T::KIND,
            conditions: self.filters.iter().map(|filter| filter.condition.clone()).collect(),
            order: self.order,
            after: self.after.clone(),
            limit: self.limit,
            untouched_since: None,
        }
    }
}

/// The column of the order of that name.
fn order_column(description: &'static KindDescription, name: &str) -> Option<&'static Column> {
    description.columns.iter().find(|column| column.order == Some(name))
}

/// What the filter of that name asks for with that value.
fn condition(description: &'static KindDescription, name: &str, value: &str) -> Option<Condition> {
    let named = |filter: &ListFilter| filter.name == name;
    for column in description.columns {
        if let Some(filter) = column.filter.filter(named) {
            let value = (filter.parse)(value)?;
            return match filter.comparison {
                Comparison::Is => Some(Condition::OneOf(column, vec![value])),
                Comparison::AtLeast => Some(Condition::AtLeast(column, value)),
                Comparison::AtMost => Some(Condition::AtMost(column, value)),
                Comparison::BeginsWith => None,
            };
        }
    }
    for set in description.sets {
        if let Some(filter) = set.value.filter.filter(named) {
            let value = (filter.parse)(value)?;
            return match (filter.comparison, value) {
                (Comparison::Is, member) => Some(Condition::Has(set, member)),
                (Comparison::BeginsWith, Value::Text(prefix)) => Some(Condition::HasPrefix(set, prefix)),
                (Comparison::AtLeast | Comparison::AtMost | Comparison::BeginsWith, _) => None,
            };
        }
    }
    None
}
