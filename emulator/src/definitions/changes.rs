//! `RetrieveMetadataChanges`, `RetrieveAllEntities` and `RetrieveEntity`: definitions as complex types.

use http::StatusCode;

use super::complex::{Part, Wanted, entity};
use super::journal::{Changes, DELETED_KINDS};
use super::labels::Languages;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::session::Session;
use crate::uri::{Aliases, Keys, Literal, Options, Parser, Segment};

/// Answers a call of one of the functions.
pub(super) fn answer(session: &Session<'_>, options: &Options, segment: &Segment) -> Result<Outgoing> {
    let parameters = Parameters::read(options, segment)?;
    match segment.name.as_str() {
        "RetrieveMetadataChanges" => changes(session, &parameters),
        name => whole(session, name, &parameters),
    }
}

/// The parameters of a function: names, and values with aliases replaced.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn read(options: &Options, segment: &Segment) -> Result<Self> {
        let named = match &segment.arguments {
            None | Some(Keys::None) => &Vec::new(),
            Some(Keys::Named(named)) => named,
            Some(Keys::One(_)) => return Err(Refusal::bad("The parameters of a function have names.")),
        };
        let value = |text: &str| match text.strip_prefix('@') {
            Some(_) => options.aliases().get(text).unwrap_or("null").trim().to_owned(),
            None => text.to_owned(),
        };
        Ok(Self(named.iter().map(|(name, text)| (name.clone(), value(text))).collect()))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str());
        found.filter(|value| *value != "null")
    }

    /// Returns the text of a literal, or the name of an enumeration's member.
    fn text(&self, name: &str) -> Result<Option<String>> {
        let Some(text) = self.get(name) else { return Ok(None) };
        match Parser::literal(text, &Aliases::default())? {
            Literal::Text(text) | Literal::Number(text) | Literal::Guid(text) => Ok(Some(text)),
            _ => Err(Refusal::bad(format!("The parameter '{name}' does not fit the function."))),
        }
    }
}

fn changes(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let query = parameters.get("Query").unwrap_or("{}");
    let query = Json::parse(query).map_err(|problem| {
        Refusal::bad(format!("The parameter 'Query' is not an EntityQueryExpression: {problem}"))
    })?;
    if parameters.get("AppModuleId").is_some() {
        return Err(Refusal::not_implemented("The parameter AppModuleId"));
    }
    let stamp = parameters.text("ClientVersionStamp")?;
    let changes = Changes::since(session, stamp.as_deref())?;
    let wanted = Wanted::read(&query)?;
    let languages = Languages::of_query(query.get("LabelQuery"));
    let tables =
        session.schema.tables().iter().filter_map(|table| entity(session.schema, table, &wanted, &changes));
    let mut tables = Json::Array(tables.collect());
    languages.keep(&mut tables);
    let filters = parameters.text("DeletedMetadataFilters")?;
    let deleted = match (&stamp, filters) {
        (Some(_), Some(filters)) => deleted(&changes, kinds(&filters, &DELETED_KINDS)?),
        _ => Vec::new(),
    };
    let (keys, values): (Vec<Json>, Vec<Json>) = deleted.into_iter().unzip();
    let body = object([
        ("@odata.context", context(session, "RetrieveMetadataChangesResponse")),
        ("ServerVersionStamp", changes.server_stamp(session.now).into()),
        (
            "DeletedMetadata",
            object([
                ("Count", Json::Number(keys.len().to_string())),
                ("IsReadOnly", false.into()),
                ("Keys", Json::Array(keys)),
                ("Values", Json::Array(values)),
            ]),
        ),
        ("EntityMetadata", tables),
    ]);
    Ok(Outgoing::json(StatusCode::OK, &body))
}

/// Returns the ids of what was deleted, by kind.
fn deleted(changes: &Changes, kinds: i64) -> Vec<(Json, Json)> {
    let all = DELETED_KINDS.iter().filter(|(name, kind)| *name != "All" && kinds & kind != 0);
    let ids = all.map(|(name, kind)| (*name, changes.deleted(*kind)));
    ids.filter(|(_, ids)| !ids.is_empty())
        .map(|(name, ids)| {
            let ids = ids.into_iter().map(Json::from).collect();
            (Json::from(name), object([("Items", Json::Array(ids))]))
        })
        .collect()
}

/// Returns the bits of names such as `Attribute,Relationship`, or of their number.
fn kinds(text: &str, names: &[(&str, i64)]) -> Result<i64> {
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    text.split(',').map(str::trim).try_fold(0, |kinds, name| {
        let kind = names.iter().find(|(each, _)| *each == name).map(|(_, kind)| kind);
        kind.map(|kind| kinds | kind).ok_or_else(|| {
            Refusal::bad(format!("The string '{name}' is not a valid enumeration type constant."))
        })
    })
}

fn context(session: &Session<'_>, of: &str) -> Json {
    format!("{}/$metadata#Microsoft.Dynamics.CRM.{of}", session.root).into()
}

/// The parts of a definition that `EntityFilters` names.
const FILTERS: [(&str, i64); 5] =
    [("Entity", 1), ("Attributes", 2), ("Privileges", 4), ("Relationships", 8), ("All", 15)];

/// Answers `RetrieveAllEntities` and `RetrieveEntity` with whole definitions.
fn whole(session: &Session<'_>, function: &str, parameters: &Parameters) -> Result<Outgoing> {
    let missing = |name: &str| Refusal::bad(format!("Missing parameter '{name}'."));
    let filters = parameters.text("EntityFilters")?.ok_or_else(|| missing("EntityFilters"))?;
    let filters = kinds(&filters, &FILTERS)?;
    parameters.get("RetrieveAsIfPublished").ok_or_else(|| missing("RetrieveAsIfPublished"))?;
    let mut parts = vec![Part::Keys];
    parts.extend((filters & 2 != 0).then_some(Part::Attributes));
    parts.extend((filters & 8 != 0).then_some(Part::Relationships));
    let (wanted, changes) = (Wanted::everything(&parts), Changes::since(session, None)?);
    let shown = |table| {
        let mut shown = entity(session.schema, table, &wanted, &changes);
        if let Some(shown) = &mut shown {
            Languages::default().keep(shown);
        }
        shown
    };
    let tables = session.schema.tables();
    let body = if function == "RetrieveAllEntities" {
        object([
            ("@odata.context", context(session, "RetrieveAllEntitiesResponse")),
            ("Timestamp", changes.server_stamp(session.now).into()),
            ("EntityMetadata", Json::Array(tables.iter().filter_map(shown).collect())),
        ])
    } else {
        let id = parameters.text("MetadataId")?.ok_or_else(|| missing("MetadataId"))?;
        let table = tables.iter().find(|table| table.definition.text("MetadataId") == Some(&id));
        let found = table.and_then(shown).ok_or_else(|| {
            let message = format!("EntityMetadata With Id = {id} does not exist.");
            Refusal::new(StatusCode::NOT_FOUND, "0x80060888", message)
        })?;
        object([("@odata.context", context(session, "RetrieveEntityResponse")), ("EntityMetadata", found)])
    };
    Ok(Outgoing::json(StatusCode::OK, &body))
}
