//! Relationships in the definitions of both of their tables.

use std::collections::{HashMap, HashSet};

use crate::{ManyToMany, OneToMany, Table};

/// Adds each relationship to the other table that it belongs to, if that is one of these: the definitions of both tables have it.
///
/// ```
/// use dataverse_definitions::{mirror, parse};
///
/// let text = r#"[{"LogicalName": "new_book"}, {"LogicalName": "new_loan", "ManyToOneRelationships": [
///     {"SchemaName": "new_book_loans", "ReferencingEntity": "new_loan", "ReferencingAttribute": "new_book",
///      "ReferencedEntity": "new_book", "ReferencedAttribute": "new_bookid"}]}]"#;
/// let mut tables = parse(text)?;
/// mirror(&mut tables);
/// assert_eq!(tables[0].one_to_many_relationships[0].schema_name, "new_book_loans");
/// # Ok::<(), dataverse_definitions::ReadError>(())
/// ```
pub fn mirror(tables: &mut [Table]) {
    let indices: HashMap<String, usize> =
        tables.iter().enumerate().map(|(index, table)| (table.logical_name.clone(), index)).collect();
    let one_to_many = missing(
        tables,
        |table| &table.many_to_one_relationships,
        |table| &table.one_to_many_relationships,
        |each| [indices.get(&each.referenced_entity).copied(), None],
    );
    let many_to_one = missing(
        tables,
        |table| &table.one_to_many_relationships,
        |table| &table.many_to_one_relationships,
        |each| [indices.get(&each.referencing_entity).copied(), None],
    );
    let many_to_many = missing(
        tables,
        |table| &table.many_to_many_relationships,
        |table| &table.many_to_many_relationships,
        |each| [&each.entity1_logical_name, &each.entity2_logical_name].map(|end| indices.get(end).copied()),
    );
    for (index, relationship) in one_to_many {
        tables[index].one_to_many_relationships.push(relationship);
    }
    for (index, relationship) in many_to_one {
        tables[index].many_to_one_relationships.push(relationship);
    }
    for (index, relationship) in many_to_many {
        tables[index].many_to_many_relationships.push(relationship);
    }
}

trait Relationship: Clone {
    fn schema_name(&self) -> &str;
}

impl Relationship for OneToMany {
    fn schema_name(&self) -> &str {
        &self.schema_name
    }
}

impl Relationship for ManyToMany {
    fn schema_name(&self) -> &str {
        &self.schema_name
    }
}

/// Returns the relationships of one list that the tables at their ends do not have in the other list, with the indices of these
/// tables.
fn missing<R: Relationship>(
    tables: &[Table],
    from: impl Fn(&Table) -> &Vec<R>,
    to: impl Fn(&Table) -> &Vec<R>,
    ends: impl Fn(&R) -> [Option<usize>; 2],
) -> Vec<(usize, R)> {
    let mut known: Vec<HashSet<&str>> =
        tables.iter().map(|table| to(table).iter().map(Relationship::schema_name).collect()).collect();
    let mut missing = Vec::new();
    for relationship in tables.iter().flat_map(from) {
        for index in ends(relationship).into_iter().flatten() {
            if known[index].insert(relationship.schema_name()) {
                missing.push((index, relationship.clone()));
            }
        }
    }
    missing
}
