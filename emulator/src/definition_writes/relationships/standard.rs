//! The relationships of the columns that every table has.

use super::common;
use crate::definition_writes::changes::MANY_TO_ONE;
use crate::definition_writes::edit::Edit;
use crate::definition_writes::templates::{self, Names};
use crate::error::Result;
use crate::json::{Json, object};

/// Sets what only Dataverse's own columns have: a body cannot set it.
pub(in super::super) fn adjust(column: &mut Json, template: &Json) {
    column.set("IsCustomAttribute", false.into());
    if template.flag("IsPrimaryId") == Some(true) {
        column.set("IsPrimaryId", true.into());
    }
}

/// Adds the relationship of a standard lookup, if the column is one. The other table lists it, too, once the
/// schema is read.
pub(in super::super) fn relate(edit: &Edit<'_>, names: &Names<'_>, column: &Json) -> Result<()> {
    let name = column.text("SchemaName").unwrap_or_default().to_ascii_lowercase();
    let all = templates::part_for("Relationships", names)?;
    let Some(schema_name) = all.text(&name) else { return Ok(()) };
    let referenced = match column.text("AttributeType") {
        Some("Owner") => "owner".to_owned(),
        _ => column.texts("Targets").swap_remove(0),
    };
    let primary_id = edit.session.schema.table(&referenced).map_or("ownerid", |table| &table.primary_id);
    let mut relationship = common(edit, schema_name, "OneToManyRelationship")?;
    let cascade = |name: &str| {
        let restricted =
            name == "Delete" && matches!(referenced.as_str(), "businessunit" | "transactioncurrency");
        (name.to_owned(), Json::from(if restricted { "Restrict" } else { "NoCascade" }))
    };
    let cascades = ["Assign", "Delete", "Merge", "Reparent", "Share", "Unshare", "RollupView", "Archive"];
    let set = [
        ("IsCustomRelationship", false.into()),
        ("IsCustomizable", managed(false)),
        ("ReferencedEntity", referenced.as_str().into()),
        ("ReferencedAttribute", primary_id.into()),
        ("ReferencedEntityNavigationPropertyName", schema_name.into()),
        ("ReferencingEntity", names.logical.into()),
        ("ReferencingAttribute", name.as_str().into()),
        ("ReferencingEntityNavigationPropertyName", name.as_str().into()),
        ("IsHierarchical", false.into()),
        ("RelationshipBehavior", 0.into()),
        ("CascadeConfiguration", Json::Object(cascades.map(cascade).into())),
        ("SecurityTypes", "None".into()),
    ];
    for (name, value) in set {
        relationship.set(name, value);
    }
    edit.put(names.logical, MANY_TO_ONE, &relationship)
}

fn managed(value: bool) -> Json {
    object([
        ("Value", value.into()),
        ("CanBeChanged", false.into()),
        ("ManagedPropertyLogicalName", "iscustomizable".into()),
    ])
}
