//! Columns and sets: what a kind of record is filtered, sorted, unique and referred to by.
//!
//! A [`Column`] and a [`ValueSet`] are what a database knows of one. A [`ColumnOf`] and a [`SetOf`] know besides how its values are read
//! from a record, and so what type it has and what a filter may compare it with.

use sister_cities_domain::id::RecordKind;
use sister_cities_domain::privacy::DataClass;

use super::column_value::ColumnValue;
use crate::{Columns, Condition, Filter, Value};

/// A real column: typed, classified, and there because it is filtered, sorted, unique or a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, the same in every back end.
    pub name: &'static str,
    /// What it holds.
    pub holds: ColumnType,
    /// Whether every record has it.
    pub presence: Presence,
    /// What the database enforces.
    pub constraint: Constraint,
    /// How private it is.
    pub class: DataClass,
    /// How lists are filtered by it.
    pub filter: Option<ListFilter>,
    /// The name of the order of lists by it, the same in storage, API, client and command line. Every record has such a column.
    pub order: Option<&'static str>,
    /// The columns in whose order an index holds the records with one value of it. In any other order, lists filtered by it walk
    /// the index of the order.
    pub index_orders: &'static [&'static str],
}

/// A filter of lists that is asked for by name.
#[derive(Clone, Copy, Debug)]
pub struct ListFilter {
    /// The name, the same in storage, API, client and command line.
    pub name: &'static str,
    /// How the column is compared with what is asked for.
    pub comparison: Comparison,
    /// What a text asks for; none if no record can have that.
    pub parse: fn(&str) -> Option<Value>,
}

/// How a column or the members of a set are compared with what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It is that; or, of a set, that is a member.
    Is,
    /// It is no less.
    AtLeast,
    /// It is no more.
    AtMost,
    /// A member of the set begins with that.
    BeginsWith,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A whole number.
    Integer,
    /// A text, compared byte by byte.
    Text,
    /// Bytes.
    Bytes,
    /// The id of a record.
    Id,
    /// A calendar day.
    Day,
}

/// Whether every record has a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Every record has it.
    Required,
    /// Some may lack it.
    Optional,
}

/// What the database enforces of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Nothing.
    Free,
    /// No two records of one programme hold the same value.
    UniqueInProgramme,
    /// No two records of the whole installation hold the same value.
    UniqueInInstallation,
    /// The id of a record of this kind in the same programme, which must exist.
    References(RecordKind),
}

/// A set of values per record, in a table of its own, so that "which records have this value" is an indexed question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueSet {
    /// The table: `(programme, owner, value)`, and what the members repeat of the record.
    pub table: &'static str,
    /// The column that names the record the value belongs to.
    pub owner: &'static str,
    /// The values. Their presence is [`Presence::Required`] and their constraint none or a reference.
    pub value: Column,
    /// The column of the record that each member repeats, so that an index holds the records with one member in the order of
    /// that column.
    pub denormalised_key: Option<&'static Column>,
}

/// A column of records of type `T`, from which values of type `V` are read.
#[derive(Debug)]
pub struct ColumnOf<T, V> {
    pub(crate) column: Column,
    read: fn(&T) -> V,
}

/// A set of records of type `T` with members of type `V`.
#[derive(Debug)]
pub struct SetOf<T, V> {
    pub(crate) set: ValueSet,
    read: fn(&T) -> Vec<V>,
}

/// The columns and sets of a kind of record, and how they are read from one. Made by `stored!`.
#[derive(Debug)]
pub struct Stored<T> {
    pub(super) columns: &'static [Column],
    pub(super) sets: &'static [ValueSet],
    pub(crate) read: fn(&T) -> Columns,
}

/// Lists the columns of a kind, then its sets: `stored![TITLE, DAY; MEMBERS]`.
macro_rules! stored {
    ($($column:ident),+ $(; $($set:ident),+)?) => {
        $crate::catalogue::column::Stored {
            columns: &[$($column.column),+],
            sets: &[$($($set.set),+)?],
            read: |record| $crate::Columns {
                values: vec![$($column.value(record)),+],
                sets: vec![$($($set.members(record)),+)?],
            },
        }
    };
}
pub(super) use stored;

impl Column {
    const fn of<V: ColumnValue>(name: &'static str) -> Self {
        let constraint = match V::REFERENCES {
            Some(kind) => Constraint::References(kind),
            None => Constraint::Free,
        };
        Self {
            name,
            holds: V::HOLDS,
            presence: V::PRESENCE,
            constraint,
            class: DataClass::Internal,
            filter: None,
            order: None,
            index_orders: &[],
        }
    }

    const fn filtered<V: ColumnValue>(self, name: &'static str, comparison: Comparison) -> Self {
        let parse = |text: &str| V::Compared::parse(text).map(V::Compared::into_value);
        Self { filter: Some(ListFilter { name, comparison, parse }), ..self }
    }

    /// Whether the records with one value of it are read from an index in the order of that column.
    #[must_use]
    pub fn is_index_ordered(&self, order: Option<&Self>) -> bool {
        // At most one record has it.
        let is_unique =
            matches!(self.constraint, Constraint::UniqueInProgramme | Constraint::UniqueInInstallation);
        is_unique || self.index_orders.contains(&order.map_or("id", |column| column.name))
    }
}

impl PartialEq for ListFilter {
    fn eq(&self, other: &Self) -> bool {
        (self.name, self.comparison) == (other.name, other.comparison)
    }
}

impl Eq for ListFilter {}

impl<T, V: ColumnValue> ColumnOf<T, V> {
    /// A column of that name and of the type that is read. It is internal, refers to a record if an id is read, and nothing else.
    pub(super) const fn new(name: &'static str, read: fn(&T) -> V) -> Self {
        Self { column: Column::of::<V>(name), read }
    }

    /// Anybody may know it.
    pub(super) const fn public(self) -> Self {
        Self { column: Column { class: DataClass::Public, ..self.column }, ..self }
    }

    /// Constrained by the database in that way, and in no other.
    pub(super) const fn constrained(self, constraint: Constraint) -> Self {
        Self { column: Column { constraint, ..self.column }, ..self }
    }

    /// Lists are filtered by it under that name.
    pub(super) const fn filtered(self, name: &'static str) -> Self {
        self.compared(name, Comparison::Is)
    }

    /// Lists are filtered by it under that name, in that way.
    pub(super) const fn compared(self, name: &'static str, comparison: Comparison) -> Self {
        Self { column: self.column.filtered::<V>(name, comparison), ..self }
    }

    /// Lists are ordered by it under that name.
    pub(super) const fn ordered(self, name: &'static str) -> Self {
        Self { column: Column { order: Some(name), ..self.column }, ..self }
    }

    /// An index holds the records with one value of it in the order of each of these columns.
    pub(super) const fn index_orders(self, index_orders: &'static [&'static str]) -> Self {
        Self { column: Column { index_orders, ..self.column }, ..self }
    }

    /// What it is called, as in a [`Conflict`](crate::Conflict).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.column.name
    }

    /// The value of one record.
    pub(crate) fn value(&self, record: &T) -> Value {
        (self.read)(record).into_value()
    }

    /// Only records that hold this.
    #[must_use]
    pub fn is(&'static self, value: V::Compared) -> Filter<T> {
        Filter::new(Condition::OneOf(&self.column, vec![value.into_value()]))
    }

    /// Only records that hold one of these. In a list in the order of this column, the values are looked up one after the other.
    #[must_use]
    pub fn any_of(&'static self, values: impl IntoIterator<Item = V::Compared>) -> Filter<T> {
        let values = values.into_iter().map(V::Compared::into_value).collect();
        Filter::new(Condition::OneOf(&self.column, values))
    }

    /// Only records that hold this or more.
    #[must_use]
    pub fn at_least(&'static self, value: V::Compared) -> Filter<T> {
        Filter::new(Condition::AtLeast(&self.column, value.into_value()))
    }

    /// Only records that hold this or less.
    #[must_use]
    pub fn at_most(&'static self, value: V::Compared) -> Filter<T> {
        Filter::new(Condition::AtMost(&self.column, value.into_value()))
    }
}

impl<T, V: ColumnValue> SetOf<T, V> {
    /// A set in a table of its own, of which one column names the record and another holds the value.
    pub(super) const fn new(
        table: &'static str,
        owner: &'static str,
        value: &'static str,
        read: fn(&T) -> Vec<V>,
    ) -> Self {
        let value = Column::of::<V>(value);
        Self { set: ValueSet { table, owner, value, denormalised_key: None }, read }
    }

    /// Anybody may know it.
    pub(super) const fn public(self) -> Self {
        let value = Column { class: DataClass::Public, ..self.set.value };
        Self { set: ValueSet { value, ..self.set }, ..self }
    }

    /// Lists are filtered under that name by what is among the members.
    pub(super) const fn filtered(self, name: &'static str) -> Self {
        self.compared(name, Comparison::Is)
    }

    /// Lists are filtered by the members under that name, in that way.
    pub(super) const fn compared(self, name: &'static str, comparison: Comparison) -> Self {
        let value = self.set.value.filtered::<V>(name, comparison);
        Self { set: ValueSet { value, ..self.set }, ..self }
    }

    /// Each member repeats that column of the record.
    pub(super) const fn denormalised_key(self, column: &'static Column) -> Self {
        Self { set: ValueSet { denormalised_key: Some(column), ..self.set }, ..self }
    }

    /// The members of one record.
    pub(super) fn members(&self, record: &T) -> Vec<Value> {
        (self.read)(record).into_iter().map(V::into_value).collect()
    }

    /// Only records with this member.
    #[must_use]
    pub fn has(&'static self, member: V::Compared) -> Filter<T> {
        Filter::new(Condition::Has(&self.set, member.into_value()))
    }

    /// Only records with one of these members.
    #[must_use]
    pub fn has_any(&'static self, members: impl IntoIterator<Item = V::Compared>) -> Filter<T> {
        let members = members.into_iter().map(V::Compared::into_value).collect();
        Filter::new(Condition::HasAny(&self.set, members))
    }
}
