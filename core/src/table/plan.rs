//! What a struct reads: its columns and its expanded records, as const data.

use core::convert::Infallible;

use super::column_index;
use crate::checks::is_many_to_many;
use crate::metadata::{AttributeMetadata, EntityMetadata, SourcePart};

/// What a struct reads of a table.
#[derive(Debug)]
pub struct RowPlan {
    /// The name of the struct. It identifies the plan, because a const has no single address.
    pub name: fn() -> &'static str,
    /// The table.
    pub table: &'static EntityMetadata,
    /// The columns, in the order of the struct's fields.
    pub columns: &'static [&'static AttributeMetadata],
    /// The columns by the names of their members.
    #[doc(hidden)]
    pub index: &'static [u16],
    /// The columns whose fields are not an `Option`: the index of each in `columns`, and whether it must have a
    /// value.
    pub required: &'static [(usize, bool)],
    /// The expanded records, in the order of the struct's fields.
    pub expands: &'static [ExpandPlan],
}

/// One expanded navigation property.
#[derive(Debug)]
pub struct ExpandPlan {
    /// Name of the navigation property.
    pub navigation: &'static str,
    /// The plan of the related records. This is a function, because two tables may expand each other.
    pub plan: fn() -> &'static RowPlan,
    /// Whether the property is a collection.
    pub is_many: bool,
}

/// Returns the options of an expanded navigation property, given its path.
type OptionsOf<'o, E> = &'o dyn Fn(&[&str]) -> Result<Vec<String>, E>;

impl RowPlan {
    /// Returns the index of the column whose value has this name in a response.
    pub(crate) fn column_of(&self, name: &str) -> Option<usize> {
        let find = |name, is_lookup| column_index::find(self.columns, self.index, name, is_lookup);
        let lookup = lookup_stem(name).and_then(|name| find(name, true));
        lookup.or_else(|| find(name, false))
    }

    /// Returns the indexes of the columns that are read from this annotation of a column of the table.
    pub(crate) fn read_from(&self, logical_name: &str, part: SourcePart) -> impl Iterator<Item = usize> {
        column_index::read_from(self.columns, self.index, logical_name, part)
    }

    pub(crate) fn select(&self) -> String {
        let mut names: Vec<String> = Vec::with_capacity(self.columns.len());
        for column in self.columns {
            // A column without a property is read from an annotation of another column, so that column is
            // fetched.
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
            // `$select` cannot be empty, and Dataverse always sends the key.
            names.push(self.table.primary_id_attribute.to_owned());
        }
        names.join(",")
    }

    #[cfg(feature = "messages")]
    pub(super) fn reads_lookup_tables(&self) -> bool {
        self.reads_lookup_tables_within(&mut Vec::new())
    }

    #[cfg(feature = "messages")]
    fn reads_lookup_tables_within(&self, visited: &mut Vec<&'static str>) -> bool {
        if self.columns.iter().any(|column| column.needs_lookup_table()) {
            return true;
        }
        visited.push((self.name)());
        self.expands.iter().any(|expand| {
            let plan = (expand.plan)();
            !visited.contains(&(plan.name)()) && plan.reads_lookup_tables_within(visited)
        })
    }

    pub(crate) fn expand(&self) -> Option<String> {
        self.expand_text().map(|expand| expand.text)
    }

    /// Returns the value of `$expand`, without options for the navigation properties.
    pub(super) fn expand_text(&self) -> Option<ExpandText> {
        let Ok(expand) = self.expand_with(&|_| Ok::<_, Infallible>(Vec::new()));
        expand
    }

    /// Returns the value of `$expand`, with further options for the navigation property at each path.
    ///
    /// # Errors
    ///
    /// Returns an error if the options of a navigation property cannot be written.
    pub(crate) fn expand_with<E>(&self, options: OptionsOf<'_, E>) -> Result<Option<ExpandText>, E> {
        self.expand_within(&mut Vec::new(), &mut Vec::new(), options)
    }

    #[cfg(feature = "messages")]
    pub(super) fn collection_in_collection(&self) -> Option<&'static str> {
        self.collection_within(&mut Vec::new(), false)
    }

    #[cfg(feature = "messages")]
    fn collection_within(&self, outer: &mut Vec<&'static str>, is_inside: bool) -> Option<&'static str> {
        outer.push((self.name)());
        let found = self.expands.iter().find_map(|each| {
            let plan = (each.plan)();
            if outer.len() > 1 && outer.contains(&(plan.name)()) {
                None
            } else if each.is_many && is_inside {
                Some(each.navigation)
            } else {
                plan.collection_within(outer, is_inside || each.is_many)
            }
        });
        outer.pop();
        found
    }

    fn expand_within<E>(
        &self,
        outer: &mut Vec<&'static str>,
        path: &mut Vec<&'static str>,
        options: OptionsOf<'_, E>,
    ) -> Result<Option<ExpandText>, E> {
        outer.push((self.name)());
        let (mut items, mut count, mut levels) = (Vec::new(), 0, 0);
        let (mut pairs, mut only_pairs) = (None, true);
        for each in self.expands {
            let plan = (each.plan)();
            if outer.len() > 1 && outer.contains(&(plan.name)()) {
                continue;
            }
            path.push(each.navigation);
            let mut inner = vec![format!("$select={}", plan.select())];
            let nested = plan.expand_within(outer, path, options)?;
            count += 1;
            levels = levels.max(1);
            match is_many_to_many(self.table, each.navigation) {
                true => pairs = pairs.or(Some(each.navigation)),
                false => only_pairs = false,
            }
            if let Some(nested) = nested {
                inner.push(format!("$expand={}", nested.text));
                count += nested.count;
                levels = levels.max(1 + nested.levels);
                pairs = pairs.or(nested.pairs);
                only_pairs = false;
            }
            inner.extend(options(path)?);
            path.pop();
            items.push(format!("{}({})", each.navigation, inner.join(";")));
        }
        outer.pop();
        Ok((!items.is_empty()).then(|| ExpandText {
            text: items.join(","),
            count,
            levels,
            pairs,
            only_pairs,
        }))
    }
}

/// Returns the logical name of the lookup that is read as `_name_value`.
pub(crate) fn lookup_stem(name: &str) -> Option<&str> {
    name.strip_prefix('_')?.strip_suffix("_value")
}

/// The value of `$expand`.
#[derive(Clone)]
pub(crate) struct ExpandText {
    pub(crate) text: String,
    /// Number of navigation properties, including nested ones.
    pub(crate) count: u32,
    /// Nesting depth.
    pub(crate) levels: u32,
    /// The first navigation property that belongs to a many-to-many relationship.
    pub(crate) pairs: Option<&'static str>,
    /// Whether all navigation properties belong to many-to-many relationships, and expand nothing further.
    #[cfg_attr(not(feature = "messages"), expect(dead_code, reason = "only a message is refused for it"))]
    pub(crate) only_pairs: bool,
}

/// Returns all columns of a table, for the struct that declares it.
#[doc(hidden)]
pub const fn all_columns<const N: usize>(table: &'static EntityMetadata) -> [&'static AttributeMetadata; N] {
    let mut columns = [&table.attributes[0]; N];
    let mut index = 0;
    while index < N {
        columns[index] = &table.attributes[index];
        index += 1;
    }
    columns
}
