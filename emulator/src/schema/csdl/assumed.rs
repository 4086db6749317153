//! Assumptions about what `$metadata` does not say.

use super::document::Table;

/// Columns that Dataverse fills itself.
const FILLED: [&str; 11] = [
    "createdby",
    "createdon",
    "createdonbehalfby",
    "exchangerate",
    "modifiedby",
    "modifiedon",
    "modifiedonbehalfby",
    "owningbusinessunit",
    "owningteam",
    "owninguser",
    "versionnumber",
];
/// Columns that only a create may set.
const CREATED: [&str; 2] = ["importsequencenumber", "overriddencreatedon"];

/// Returns whether a column is valid for create and for update.
pub(super) fn validity(table: &Table<'_>, column: &str) -> (bool, bool) {
    if column == "statecode" {
        return (false, true);
    }
    let filled = FILLED.contains(&column)
        || column.ends_with("_base") && is_money(table, column)
        || ["_url", "_timestamp", "id"].iter().any(|suffix| image_of(table, column, suffix));
    let created = column == table.primary_id || CREATED.contains(&column);
    (!filled, !filled && !created)
}

/// Returns whether a column is a part of the image that its name starts with.
fn image_of(table: &Table<'_>, column: &str, suffix: &str) -> bool {
    column.strip_suffix(suffix).is_some_and(|stem| is_image(table, stem))
}

/// Returns whether a binary column is an image. The columns of an image include an id and a URL.
pub(super) fn is_image(table: &Table<'_>, column: &str) -> bool {
    let has = |name: &str, edm: &str| {
        table.entity.properties.iter().any(|each| each.name == name && each.edm == edm)
    };
    has(column, "Edm.Binary") && has(&format!("{column}_url"), "Edm.String")
}

/// Returns whether a decimal column is an amount of money. An amount has a second column with its value in
/// the base currency.
pub(super) fn is_money(table: &Table<'_>, column: &str) -> bool {
    let stem = column.strip_suffix("_base").unwrap_or(column);
    let base = format!("{stem}_base");
    let has = |name: &str| table.entity.properties.iter().any(|each| each.name == name);
    has(stem) && has(&base) && has("_transactioncurrencyid_value")
}

/// Guesses the primary name column of a table by its name.
pub(super) fn primary_name<'x>(table: &Table<'x>) -> Option<&'x str> {
    let prefix = table.name.split_once('_').map(|(prefix, _)| prefix);
    let of_prefix = prefix.map(|prefix| format!("{prefix}_name"));
    let usual = ["name", "fullname", "title", "subject"];
    let activity = ["subject"];
    let names: Vec<&str> = if is_activity(table) {
        activity.into()
    } else {
        of_prefix.as_deref().into_iter().chain(usual).collect()
    };
    let text = |name: &&str| {
        table.entity.properties.iter().find(|each| each.name == *name && each.edm == "Edm.String")
    };
    names.iter().find_map(text).map(|property| property.name)
}

/// Returns whether the table's records are activities.
pub(super) fn is_activity(table: &Table<'_>) -> bool {
    table.name == "activitypointer" || table.entity.ancestors.contains(&"activitypointer")
}
