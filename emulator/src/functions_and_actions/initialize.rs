//! `InitializeFrom`: the values of a record as the start of another one.

use core::mem::discriminant;

use http::StatusCode;

use super::parameters::Parameters;
use crate::error::{Refusal, Result};
use crate::http::{Outgoing, Preferences};
use crate::json::Json;
use crate::read::{self, Shape};
use crate::schema::{Column, Table};
use crate::session::Session;

/// Answers `InitializeFrom` with the values of a new record: those of the columns that both tables have, as
/// "Generate Mappings" maps them, and a lookup to the source record as its parent.
pub(super) fn from(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let source = parameters.record(session, "EntityMoniker")?;
    let from = session.table(&source.table)?;
    let to = session.table(&parameters.text("TargetEntityName")?)?;
    let fields = parameters.text("TargetFieldType")?;
    if fields != "ValidForCreate" {
        let what = format!("The function InitializeFrom with the target field type '{fields}'");
        return Err(Refusal::not_implemented(&what));
    }
    let Some(parent) = parental(to, from) else {
        let what =
            format!("The function InitializeFrom from '{}' to '{}'", from.logical_name, to.logical_name);
        return Err(Refusal::not_implemented(&what));
    };
    let mut members = vec![
        (
            "@odata.context".to_owned(),
            Json::Text(format!("{}/$metadata#{}/$entity", session.root, to.entity_set_name)),
        ),
        ("@odata.type".to_owned(), Json::Text(format!("#{}", to.type_name()))),
    ];
    if !parameters.flag("SkipParentalRelationshipMapping")? {
        bind(to, parent, &source.table, from, &source.id, &mut members);
    }
    let mapped: Vec<&Column> = to.columns.iter().filter(|each| is_mapped(each, to, from)).collect();
    let select = mapped.iter().map(|each| each.property()).collect();
    let shape = Shape::new(session, from, Some(select), Vec::new())?;
    let record = read::record_json(session, &Preferences::default(), &shape, &source.id)?;
    for column in mapped.into_iter().filter(|each| each.logical_name != parent.logical_name) {
        if column.kind.is_lookup() {
            if let Some((table, id)) = read::target(session, from, &source.id, &column.logical_name)? {
                bind(to, column, &table, session.table(&table)?, &id, &mut members);
            }
        } else if let Some(value) =
            record.get(&column.logical_name).filter(|value| !matches!(value, Json::Null))
        {
            members.push((column.logical_name.clone(), value.clone()));
        }
    }
    Ok(Outgoing::json(StatusCode::OK, &Json::Object(members)))
}

/// Returns the lookup of a table that leads to its parent in another table.
fn parental<'t>(to: &'t Table, from: &Table) -> Option<&'t Column> {
    let leads = |column: &&Column| {
        column.creatable
            && column.logical_name.starts_with("parent")
            && to
                .navigations_of(&column.logical_name)
                .any(|(_, targets)| targets.contains(&from.logical_name))
    };
    to.columns.iter().find(leads)
}

/// Returns whether the value of a column comes from the column with its name.
fn is_mapped(column: &Column, to: &Table, from: &Table) -> bool {
    let is_own = column.logical_name == to.primary_id || column.logical_name == "ownerid";
    let same = from.column(&column.logical_name).is_some_and(|other| {
        other.is_property && other.readable && discriminant(&other.kind) == discriminant(&column.kind)
    });
    same && !is_own && column.is_property && column.creatable && column.joined.is_empty()
}

/// Adds a lookup in the form that a create accepts.
fn bind(
    to: &Table,
    column: &Column,
    table: &str,
    target: &Table,
    id: &str,
    members: &mut Vec<(String, Json)>,
) {
    let mut navigations = to.navigations_of(&column.logical_name);
    if let Some((name, _)) = navigations.find(|(_, targets)| targets.iter().any(|each| each == table)) {
        let url = format!("{}({id})", target.entity_set_name);
        members.push((format!("{name}@odata.bind"), Json::Text(url)));
    }
}
