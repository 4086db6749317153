//! What a struct reads: its columns and its expanded records, as const data.

use crate::lookup::same_targets;
use crate::metadata::{AttributeMetadata, AttributeType, EntityMetadata, TargetTable};
use crate::option_set::same;

/// What a struct reads of a table.
#[derive(Debug)]
pub struct RowPlan {
    /// The struct. By its name structs are told apart: a const has no one address.
    pub name: fn() -> &'static str,
    /// The table.
    pub table: &'static EntityMetadata,
    /// The columns, in the order of the struct's fields.
    pub columns: &'static [&'static AttributeMetadata],
    /// The columns whose fields are no `Option`, and whether they have to have a value.
    pub required: &'static [(usize, bool)],
    /// The expanded records, in the order of the struct's fields.
    pub expands: &'static [ExpandPlan],
}

/// One expanded navigation property.
#[derive(Debug)]
pub struct ExpandPlan {
    /// Name of the navigation property.
    pub navigation: &'static str,
    /// What is read of the records behind it. A function, because two tables may expand each other.
    pub plan: fn() -> &'static RowPlan,
}

impl RowPlan {
    pub(crate) fn select(&self) -> String {
        let mut names: Vec<String> = Vec::with_capacity(self.columns.len());
        for column in self.columns {
            // A column without property is taken from an annotation of another one, which has to be fetched for it.
            let fetched = match column.source {
                Some(source) => self.table.attribute(source.attribute_of),
                None => Some(*column),
            };
            if let Some(name) = fetched.and_then(AttributeMetadata::read_name)
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        if names.is_empty() {
            // An empty list would not be a list; the key comes along anyway.
            names.push(self.table.primary_id_attribute.to_owned());
        }
        names.join(",")
    }

    pub(crate) fn expand(&self) -> Option<String> {
        self.expand_with(&|_| Vec::new())
    }

    /// The value of `$expand`, with further options for the struct's own navigation properties.
    pub(crate) fn expand_with(&self, options: &dyn Fn(&str) -> Vec<String>) -> Option<String> {
        self.expand_within(&mut Vec::new(), options)
    }

    fn expand_within(
        &self,
        outer: &mut Vec<&'static str>,
        options: &dyn Fn(&str) -> Vec<String>,
    ) -> Option<String> {
        outer.push((self.name)());
        let mut items = Vec::new();
        for each in self.expands {
            let plan = (each.plan)();
            if outer.len() > 1 && outer.contains(&(plan.name)()) {
                continue;
            }
            let mut inner = vec![format!("$select={}", plan.select())];
            inner
                .extend(plan.expand_within(outer, &|_| Vec::new()).map(|nested| format!("$expand={nested}")));
            inner.extend(options(each.navigation));
            items.push(format!("{}({})", each.navigation, inner.join(";")));
        }
        outer.pop();
        (!items.is_empty()).then(|| items.join(","))
    }
}

/// All columns of a table, for the struct that declares it.
#[doc(hidden)]
pub const fn all_columns<const N: usize>(table: &'static EntityMetadata) -> [&'static AttributeMetadata; N] {
    let mut columns = [&table.attributes[0]; N];
    let mut place = 0;
    while place < N {
        columns[place] = &table.attributes[place];
        place += 1;
    }
    columns
}

/// The column with this logical name, for projections; `problem` is what the compiler says if there is none.
#[doc(hidden)]
#[track_caller]
pub const fn column_of(
    table: &'static EntityMetadata,
    logical_name: &str,
    problem: &'static str,
) -> &'static AttributeMetadata {
    let mut place = 0;
    while place < table.attributes.len() {
        if same(table.attributes[place].logical_name, logical_name) {
            return &table.attributes[place];
        }
        place += 1;
    }
    if is_broken(table) {
        return &NO_COLUMN;
    }
    panic!("{}", problem)
}

/// Stands for the columns of a table that could not be understood.
const NO_COLUMN: AttributeMetadata = AttributeMetadata::new("", AttributeType::Virtual);

/// Has the derive said already what is wrong with the table? Then nothing is said against what refers to it.
pub(crate) const fn is_broken(table: &EntityMetadata) -> bool {
    table.logical_name.is_empty()
}

/// Fails to compile, with this message, where a fact about a column does not hold.
#[doc(hidden)]
#[track_caller]
pub const fn expect_column(table: &EntityMetadata, holds: bool, problem: &'static str) {
    if !holds && !is_broken(table) {
        panic!("{}", problem)
    }
}

/// Is this column, which a projection names again as the primary id, that of the table?
#[doc(hidden)]
pub const fn is_primary_id(table: &EntityMetadata, logical_name: &str) -> bool {
    same(table.primary_id_attribute, logical_name)
}

/// Can the type of a projection's field stand for the records that the column stands for?
#[doc(hidden)]
pub const fn reads_targets(
    field: &[TargetTable],
    open: bool,
    table: &EntityMetadata,
    column: &AttributeMetadata,
) -> bool {
    if field.is_empty() {
        // No type for records at all: whether it fits is a question of kinds.
        true
    } else if column.attribute_type.is_lookup() {
        same_targets(field, open, column.attribute_type.targets())
    } else if same(column.logical_name, table.primary_id_attribute) {
        same(field[0].logical_name, table.logical_name)
    } else {
        true
    }
}

/// Is the column of the kind that a projection says?
#[doc(hidden)]
pub const fn is_kind(column: &AttributeMetadata, name: &str) -> bool {
    same(column.attribute_type.name(), name)
}
