//! From a query of the catalogue to a `SELECT`: names come from the catalogue, everything else is bound.
//!
//! The two databases differ in how the place of a bound value is written, and in nothing else here.

use std::fmt::Write as _;

use chrono::{Datelike as _, Days, NaiveDate};

use crate::catalogue::{Column, ColumnType, Span, ValueSet, describe};
use crate::{Condition, Cursor, Direction, Query, Realm, Value};

/// How a database writes the place of a bound value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Dialect {
    /// `?1`.
    #[cfg(feature = "sqlite")]
    Sqlite,
    /// `$1`.
    #[cfg(feature = "postgres")]
    Postgres,
}

/// A statement and what is bound to it.
#[derive(Debug)]
pub(crate) struct Select {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
    /// The type of the fifth column, by which the list is ordered; none if it is ordered by id.
    pub(crate) key: Option<ColumnType>,
    dialect: Dialect,
}

impl Dialect {
    /// Selects id, revision, version, body and, if the list is ordered by one, that column.
    ///
    /// One record more than the page holds, so that the end of the list is known without a second question. Nothing is sorted:
    /// an index that holds the records in the order of the list is walked, and what does not pass the filters is left out. Of a list of
    /// a window of days, no more of that index than may lie in it; what lasts longer is found by an index of its own.
    pub(crate) fn page(self, realm: Realm, query: &Query) -> Select {
        let mut select = Select::of(self, realm);
        select.key = query.order.by.map(|column| column.holds);
        let window = Window::of(query);
        if window.as_ref().is_some_and(|window| window.from.is_some() && window.span.index_of_long.is_some())
        {
            select.sql.push_str("SELECT * FROM (");
            select.part(query, window.as_ref(), Part::Short);
            select.sql.push_str(") short UNION ALL SELECT * FROM (");
            select.part(query, window.as_ref(), Part::Long);
            select.sql.push_str(") long");
            let direction = direction(query);
            let limit = select.bind(Value::Integer(i64::from(query.limit) + 1));
            // Writing into a `String` cannot fail.
            let _ = write!(select.sql, " ORDER BY 5 {direction}, 1 {direction} LIMIT {limit}");
        } else {
            select.part(query, window.as_ref(), Part::All);
        }
        select
    }

    /// Counts what the list holds in all.
    pub(crate) fn count(self, realm: Realm, query: &Query) -> Select {
        let mut select = Select::of(self, realm);
        select.begin(&format!("count(*) FROM {} r", describe(query.kind).table));
        for condition in &query.conditions {
            select.condition(condition, None);
        }
        select.untouched(query);
        select
    }

    fn place(self, number: usize) -> String {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!("?{number}"),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!("${number}"),
        }
    }

    /// The same condition on a column, which then chooses no index whatever the database thinks of it.
    fn never_leads(self, condition: &str) -> String {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!("+{condition}"),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!("({condition}) IS TRUE"),
        }
    }

    /// How many days lie between two days.
    fn days_between(self, first: &Column, last: &Column) -> String {
        let (first, last) = (first.name, last.name);
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!("julianday(r.{last}) - julianday(r.{first})"),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!("r.{last} - r.{first}"),
        }
    }

    /// What keeps a condition on a column from choosing the index.
    const fn tested(self) -> &'static str {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "+",
            // It chooses by what it knows of the table, and by how few are wanted.
            #[cfg(feature = "postgres")]
            Self::Postgres => "",
        }
    }
}

/// The list that a condition is of.
#[derive(Clone, Copy)]
struct List<'q> {
    query: &'q Query,
    /// Whether a condition may choose the index that is walked.
    is_led_by_conditions: bool,
}

/// Which of the records a part of a statement lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// All of them.
    All,
    /// Those that do not last long.
    Short,
    /// The others.
    Long,
}

/// The days that a list in the order of beginnings is asked for.
struct Window {
    span: Span,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Window {
    fn of(query: &Query) -> Option<Self> {
        let span = describe(query.kind).span.filter(|span| query.order.by == Some(span.key))?;
        let (mut from, mut to) = (None, None);
        for condition in &query.conditions {
            if let Condition::AtLeast(column, Value::Day(day)) = condition {
                from = from.max((*column == span.last_day).then_some(*day));
            } else if let Condition::AtMost(column, Value::Day(day)) = condition
                && *column == span.first_day
            {
                to = Some(to.map_or(*day, |to: NaiveDate| to.min(*day)));
            }
        }
        (from.is_some() || to.is_some()).then_some(Self { span, from, to })
    }

    /// Between which keys the index is walked.
    fn keys(&self, part: Part) -> Keys {
        // What begins earlier and lies in the window lasts long. What is undated has a lesser key than any day.
        let earliest = self.from.and_then(|from| from.checked_sub_days(Days::new(Span::MOST_DAYS)));
        let earliest = earliest.filter(|day| has_usual_year(*day));
        let first = earliest.map_or_else(|| "0".to_owned(), |day| day.to_string());
        // After its day follows a digit.
        let last = self.to.filter(|day| has_usual_year(*day)).map(|day| format!("{day}.~"));
        Keys { first: (part != Part::Long).then_some(first), last }
    }
}

/// The first key and the last that a list may hold.
struct Keys {
    first: Option<String>,
    last: Option<String>,
}

impl Keys {
    /// The same without the one that the position is beyond; if it is not, it need not be looked at. SQLite begins its walk of an index by
    /// one condition alone.
    fn ahead_of(self, after: &mut Option<&Cursor>, direction: Direction) -> Self {
        let Some(Cursor { key: Value::Text(key), .. }) = *after else { return self };
        match direction {
            Direction::Ascending if self.first.as_ref().is_none_or(|first| key >= first) => {
                Self { first: None, ..self }
            }
            Direction::Descending if self.last.as_ref().is_none_or(|last| key <= last) => {
                Self { last: None, ..self }
            }
            Direction::Ascending | Direction::Descending => {
                *after = None;
                self
            }
        }
    }
}

/// Whether it is written with four digits, as all that are stored.
fn has_usual_year(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

fn direction(query: &Query) -> &'static str {
    match query.order.direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    }
}

/// The member that the list is read by: of a set whose members are in the order of the list, if no column leads there.
fn driving_set(query: &Query) -> Option<(&'static ValueSet, &Value)> {
    let is_index_ordered = |condition: &Condition| {
        matches!(condition, Condition::OneOf(column, values)
            if values.len() == 1 && column.is_index_ordered(query.order.by))
    };
    let key = query.order.by?;
    if query.conditions.iter().any(is_index_ordered) {
        return None;
    }
    query.conditions.iter().find_map(|condition| {
        let Condition::Has(set, member) = condition else { return None };
        (set.denormalised_key == Some(key)).then_some((*set, member))
    })
}

/// Whether the list is read by looking up the values of the column that it is in the order of.
fn is_by_value(condition: &Condition, query: &Query) -> bool {
    matches!(condition, Condition::OneOf(column, _) if query.order.by == Some(*column))
}

/// Whether records with that value in the column of the order may come after the position of the query.
fn is_ahead(value: &Value, query: &Query) -> bool {
    query.after.as_ref().is_none_or(|after| match query.order.direction {
        Direction::Ascending => *value >= after.key,
        Direction::Descending => *value <= after.key,
    })
}

fn is(condition: &Condition, set: &ValueSet, member: &Value) -> bool {
    matches!(condition, Condition::Has(other, value) if *other == set && value == member)
}

impl Select {
    fn of(dialect: Dialect, realm: Realm) -> Self {
        Self { sql: String::new(), values: vec![Value::Id(realm.uuid())], key: None, dialect }
    }

    fn begin(&mut self, what: &str) {
        let programme = self.dialect.place(1);
        // Writing into a `String` cannot fail.
        let _ = write!(self.sql, "SELECT {what} WHERE r.programme = {programme}");
    }

    /// Adds a statement that lists so many of these records as a page holds, and one.
    fn part(&mut self, query: &Query, window: Option<&Window>, part: Part) {
        let description = describe(query.kind);
        let key = query.order.by;
        // What lasts long is walked by the index of that.
        let driving_set = if part == Part::Long { None } else { driving_set(query) };
        // Written so, SQLite begins with the set.
        let (from, of, own) = match driving_set {
            Some((set, _)) => (format!("{} s CROSS JOIN {} r", set.table, description.table), 's', set.owner),
            None => (format!("{} r{}", description.table, self.index_of(part, window)), 'r', "id"),
        };
        let id = format!("{of}.{own}");
        let key_column = key.map(|column| format!(", {of}.{}", column.name)).unwrap_or_default();
        self.begin(&format!("r.id, r.revision, r.version, r.body{key_column} FROM {from}"));
        if let Some((set, member)) = driving_set {
            let member = self.bind(member.clone());
            self.and(&format!("s.programme = {}", self.dialect.place(1)));
            self.and(&format!("s.{} = {member} AND r.id = {id}", set.value.name));
        }
        let mut after = query.after.as_ref();
        if let Some(window) = window {
            self.lasting(window, part);
            let Keys { first, last } = window.keys(part).ahead_of(&mut after, query.order.direction);
            for (comparison, key) in [(">=", first), ("<=", last)] {
                if let Some(key) = key {
                    let key = self.bind(Value::Text(key));
                    self.and(&format!("{of}.{} {comparison} {key}", window.span.key.name));
                }
            }
        }
        for condition in &query.conditions {
            if !driving_set.is_some_and(|(set, member)| is(condition, set, member)) {
                self.condition(condition, Some(List { query, is_led_by_conditions: part != Part::Long }));
            }
        }
        self.untouched(query);
        if let Some(Cursor { key: value, id: last, .. }) = after {
            let comparison = match query.order.direction {
                Direction::Ascending => '>',
                Direction::Descending => '<',
            };
            let last = self.bind(Value::Id(*last));
            match key {
                Some(column) => {
                    let value = self.bind(value.clone());
                    // Where the values of the column are looked up, the position is only tested.
                    let by_value = query.conditions.iter().any(|condition| is_by_value(condition, query));
                    let tested = if by_value { self.dialect.tested() } else { "" };
                    let position = format!("({tested}{of}.{}, {tested}{id})", column.name);
                    self.and(&format!("{position} {comparison} ({value}, {last})"));
                }
                None => self.and(&format!("{id} {comparison} {last}")),
            }
        }
        let direction = direction(query);
        let by_key = key.map(|column| format!("{of}.{} {direction}, ", column.name)).unwrap_or_default();
        let limit = self.bind(Value::Integer(i64::from(query.limit) + 1));
        // Writing into a `String` cannot fail.
        let _ = write!(self.sql, " ORDER BY {by_key}{id} {direction} LIMIT {limit}");
    }

    /// Which index is walked, where SQLite would not choose it by itself.
    fn index_of(&self, part: Part, window: Option<&Window>) -> String {
        match (self.dialect, part, window.and_then(|window| window.span.index_of_long)) {
            #[cfg(feature = "sqlite")]
            (Dialect::Sqlite, Part::Long, Some(index)) => format!(" INDEXED BY {index}"),
            _ => String::new(),
        }
    }

    /// Tells those that last long from the others, as their index says it.
    fn lasting(&mut self, window: &Window, part: Part) {
        let days = self.dialect.days_between(window.span.first_day, window.span.last_day);
        match part {
            Part::All => {}
            Part::Short => self.and(&format!("{days} <= {}", Span::MOST_DAYS)),
            Part::Long => self.and(&format!("{days} > {}", Span::MOST_DAYS)),
        }
    }

    fn untouched(&mut self, query: &Query) {
        if let Some(change) = query.untouched_since {
            let place = self.bind(change.into());
            self.and(&format!("r.change <= {place}"));
        }
    }

    /// Adds a condition; of a list in an order, if it is one.
    fn condition(&mut self, condition: &Condition, list: Option<List<'_>>) {
        let query = list.map(|list| list.query);
        match condition {
            // The values are looked up one after the other, from that on where the page begins.
            Condition::OneOf(column, values) if query.is_some_and(|query| is_by_value(condition, query)) => {
                let ahead = values.iter().filter(|value| query.is_none_or(|query| is_ahead(value, query)));
                let places: Vec<String> = ahead.map(|value| self.bind(value.clone())).collect();
                match places.as_slice() {
                    [] => self.and("1 = 0"),
                    [one] => self.and(&format!("r.{} = {one}", column.name)),
                    several => self.and(&format!("r.{} IN ({})", column.name, several.join(", "))),
                }
            }
            // One value is by far the most usual, and then the list can stay in the order of an index.
            Condition::OneOf(column, values) if values.len() == 1 => {
                let place = self.bind(values[0].clone());
                let equals = format!("r.{} = {place}", column.name);
                let leads = |list: List<'_>| {
                    list.is_led_by_conditions && column.is_index_ordered(list.query.order.by)
                };
                if list.is_some_and(leads) { self.and(&equals) } else { self.test(&equals, list) }
            }
            Condition::OneOf(_, values) if values.is_empty() => self.and("1 = 0"),
            Condition::OneOf(column, values) => {
                let places: Vec<String> = values.iter().map(|value| self.bind(value.clone())).collect();
                self.test(&format!("r.{} IN ({})", column.name, places.join(", ")), list);
            }
            Condition::AtLeast(column, value) => {
                let place = self.bind(value.clone());
                self.test(&format!("r.{} >= {place}", column.name), list);
            }
            Condition::AtMost(column, value) => {
                let place = self.bind(value.clone());
                self.test(&format!("r.{} <= {place}", column.name), list);
            }
            Condition::Has(set, value) => {
                let place = self.bind(value.clone());
                self.and_in_set(set, &format!("{} = {place}", set.value.name), list);
            }
            Condition::HasAny(_, values) if values.is_empty() => self.and("1 = 0"),
            Condition::HasAny(set, values) => {
                let places: Vec<String> = values.iter().map(|value| self.bind(value.clone())).collect();
                self.and_in_set(set, &format!("{} IN ({})", set.value.name, places.join(", ")), list);
            }
            Condition::HasPrefix(set, prefix) => {
                let name = set.value.name;
                let from = self.bind(Value::Text(prefix.clone()));
                let mut range = format!("{name} >= {from}");
                if let Some(end) = end_of_prefix(prefix) {
                    let to = self.bind(Value::Text(end));
                    let _ = write!(range, " AND {name} < {to}");
                }
                self.and_in_set(set, &range, list);
            }
        }
    }

    /// Adds a condition on a column that is not to choose the index of a list.
    fn test(&mut self, condition: &str, list: Option<List<'_>>) {
        match list {
            None => self.and(condition),
            Some(list) if list.is_led_by_conditions => {
                self.and(&format!("{}{condition}", self.dialect.tested()));
            }
            Some(_) => self.and(&self.dialect.never_leads(condition)),
        }
    }

    fn and_in_set(&mut self, set: &ValueSet, condition: &str, list: Option<List<'_>>) {
        let ValueSet { table, owner, .. } = set;
        let programme = self.dialect.place(1);
        let within = format!("FROM {table} WHERE programme = {programme} AND {condition}");
        // Asked of each record in turn, so that the others need not be collected first.
        let asked = format!("EXISTS (SELECT 1 {within} AND {owner} = r.id)");
        match list {
            Some(list) if list.is_led_by_conditions => self.and(&asked),
            Some(_) => self.and(&self.dialect.never_leads(&asked)),
            None => self.and(&format!("r.id IN (SELECT {owner} {within})")),
        }
    }

    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        self.dialect.place(self.values.len())
    }

    fn and(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }
}

/// The least text that is greater than all that begin with `prefix`; none if there is none.
fn end_of_prefix(prefix: &str) -> Option<String> {
    let mut letters: Vec<char> = prefix.chars().collect();
    while let Some(last) = letters.pop() {
        if let Some(next) = (last..=char::MAX).nth(1) {
            letters.push(next);
            return Some(letters.into_iter().collect());
        }
    }
    None
}
