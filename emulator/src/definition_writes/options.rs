//! The options of choices, and the option sets that columns share.

use dataverse_definitions::Kind;
use http::StatusCode;

use super::edit::Edit;
use super::labels::label;
use crate::error::{Refusal, Result, excerpt};
use crate::json::{Json, object};
use crate::schema::Schema;
use crate::session::Session;

/// Gives a choice the options of its body, or the global option set that the body names.
pub(super) fn settle(
    edit: &Edit<'_>,
    table: &str,
    column: &str,
    kind: Kind,
    body: &Json,
    out: &mut Json,
) -> Result<()> {
    if !matches!(kind, Kind::Picklist | Kind::MultiSelect | Kind::Boolean | Kind::State | Kind::Status) {
        return Ok(());
    }
    out.set("OptionSet", Json::Null);
    out.set("GlobalOptionSet", Json::Null);
    let local = body.get("OptionSet").filter(|set| !matches!(set, Json::Null));
    if let Some(link) = body.text("GlobalOptionSet@odata.bind") {
        out.set("GlobalOptionSet", bound(edit.session.schema, link)?);
        return Ok(());
    }
    if local.is_some_and(|set| set.flag("IsGlobal") == Some(true)) {
        let message = "Only Local option set can be created through the attribute create. IsGlobal flag must be set to 'false'.";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80048403", message));
    }
    let name = format!("{table}_{column}");
    let nothing = Json::Object(Vec::new());
    let set = match (local, kind) {
        (Some(set), _) => set,
        (None, Kind::Boolean) => &nothing,
        (None, _) => {
            let message = format!(
                "The attribute '{column}' has no options: its body needs an 'OptionSet', or a \
                 'GlobalOptionSet@odata.bind' to an existing one."
            );
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
        }
    };
    let mut set = option_set(edit, set, kind)?;
    set.set("Name", set.text("Name").map_or(name, str::to_owned).into());
    set.set("IsGlobal", false.into());
    out.set("OptionSet", set);
    Ok(())
}

/// Returns an option set with its labels and values.
pub(super) fn option_set(edit: &Edit<'_>, given: &Json, kind: Kind) -> Result<Json> {
    let session = edit.session;
    let mut set = object([
        (
            "@odata.type",
            match kind {
                Kind::Boolean => "#Microsoft.Dynamics.CRM.BooleanOptionSetMetadata",
                _ => "#Microsoft.Dynamics.CRM.OptionSetMetadata",
            }
            .into(),
        ),
        ("MetadataId", session.new_id().into()),
        ("HasChanged", Json::Null),
        ("IsCustomOptionSet", true.into()),
        ("IsGlobal", false.into()),
        ("IsManaged", false.into()),
        ("Name", given.get("Name").cloned().unwrap_or(Json::Null)),
        ("ExternalTypeName", Json::Null),
        (
            "OptionSetType",
            match kind {
                Kind::Boolean => "Boolean",
                Kind::State => "State",
                Kind::Status => "Status",
                _ => "Picklist",
            }
            .into(),
        ),
        ("IntroducedVersion", Json::Null),
        ("ParentOptionSetName", Json::Null),
        ("Description", label(session, given.get("Description"))),
        ("DisplayName", label(session, given.get("DisplayName"))),
    ]);
    if kind == Kind::Boolean {
        for (name, value, text) in [("TrueOption", 1, "Yes"), ("FalseOption", 0, "No")] {
            let nothing = object([("Label", text.into())]);
            let given = given.get(name).filter(|each| !matches!(each, Json::Null)).unwrap_or(&nothing);
            set.set(name, option(session, given, given.integer("Value").unwrap_or(value)));
        }
        return Ok(set);
    }
    let mut options: Vec<Json> = Vec::new();
    for each in given.list("Options") {
        let value = each
            .integer("Value")
            .unwrap_or_else(|| next_value(edit.first_value(), &options, given.list("Options")));
        if options.iter().any(|other| other.integer("Value") == Some(value)) {
            return Err(duplicate_value(value));
        }
        options.push(option(session, each, value));
    }
    set.set("Options", Json::Array(options));
    Ok(set)
}

/// Returns an option with its labels, and the members that only states and statuses have.
pub(super) fn option(session: &Session<'_>, given: &Json, value: i64) -> Json {
    let mut option = object([
        ("Value", value.into()),
        ("Label", label(session, given.get("Label"))),
        ("Description", label(session, given.get("Description"))),
        ("Color", given.get("Color").cloned().unwrap_or(Json::Null)),
        ("IsManaged", false.into()),
        ("ExternalValue", given.get("ExternalValue").cloned().unwrap_or(Json::Null)),
        ("ParentValues", Json::Array(Vec::new())),
        ("Tag", Json::Null),
        ("IsHidden", false.into()),
        ("MetadataId", Json::Null),
        ("HasChanged", Json::Null),
    ]);
    for name in ["State", "TransitionData", "DefaultStatus", "InvariantName"] {
        if let Some(value) = given.get(name) {
            option.set(name, value.clone());
        }
    }
    option
}

/// Returns the value of an option that is given none: the next one after those of its option set, from the
/// first value of the publisher.
pub(super) fn next_value(first: i64, options: &[Json], others: &[Json]) -> i64 {
    let values = options.iter().chain(others).filter_map(|each| each.integer("Value"));
    values.filter(|value| *value >= first).max().map_or(first, |value| value.saturating_add(1))
}

/// Returns the global option set with this name, whether a column uses it or not.
pub(super) fn find<'s>(schema: &'s Schema, name: &str) -> Option<&'s Json> {
    global(schema).find(|set| set.text("Name") == Some(name))
}

/// Returns the global option sets: those that were created, then those of columns.
pub(super) fn global(schema: &Schema) -> impl Iterator<Item = &Json> {
    let attributes = schema.tables().iter().flat_map(|table| table.definition.list("Attributes"));
    let sets = attributes.flat_map(|each| [each.get("GlobalOptionSet"), each.get("OptionSet")]).flatten();
    schema.option_sets().iter().chain(sets.filter(|set| set.flag("IsGlobal") == Some(true)))
}

/// Returns the global option set of a link such as `/GlobalOptionSetDefinitions(Name='new_colors')`.
fn bound(schema: &Schema, link: &str) -> Result<Json> {
    let inside = link.split_once("GlobalOptionSetDefinitions(").and_then(|(_, rest)| rest.split_once(')'));
    let key = inside.map(|(key, _)| key.trim()).ok_or_else(|| unknown(link))?;
    let name = key.strip_prefix("Name=").map(|name| name.trim_matches('\''));
    let id = key.strip_prefix("MetadataId=").unwrap_or(key);
    let found = global(schema).find(|set| match name {
        Some(name) => set.text("Name") == Some(name),
        None => set.text("MetadataId").is_some_and(|each| each.eq_ignore_ascii_case(id)),
    });
    found.cloned().ok_or_else(|| unknown(name.unwrap_or(id)))
}

/// Refuses an option set that does not exist.
pub(super) fn unknown(name: &str) -> Refusal {
    let message = format!("OptionSet With Id = {} does not exist.", excerpt(name));
    Refusal::new(StatusCode::NOT_FOUND, "0x80040217", message)
}

/// Refuses a second option with a value.
pub(super) fn duplicate_value(value: i64) -> Refusal {
    let message = format!("An option with the value {value} already exists in the option set.");
    Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message)
}
