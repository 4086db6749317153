//! Requests for a collection of records: retrieve multiple, count, create.

use http::{Method, StatusCode};

use super::answers::{applied, created};
use super::identity::url;
use crate::error::{Refusal, Result};
use crate::functions_and_actions::{NAMESPACE, bound, without_namespace};
use crate::http::Outgoing;
use crate::read::{self, Scope, Shape};
use crate::schema::{Navigation, Table};
use crate::session::Call;
use crate::uri::{Filter, Segment, limit_conditions};
use crate::value::Referenced;
use crate::write::{ColumnValue, Draft, Purpose, create, pair};

pub(super) fn answer<'s>(
    call: &Call<'s>,
    table: &'s Table,
    scope: Scope<'s>,
    rest: &'s [Segment],
) -> Result<Outgoing> {
    let Some((next, rest)) = rest.split_first() else {
        return match call.incoming.method {
            Method::GET => list(call, table, scope),
            Method::POST => add(call, table, &scope),
            _ => Err(Refusal::method_not_allowed(&call.incoming.method)),
        };
    };
    if !rest.is_empty() {
        return Err(Refusal::unknown_segment(&rest[0].name));
    }
    match next.name.as_str() {
        "$count" if call.incoming.method == Method::GET => {
            crate::elastic::refuse_joins(call.session, table, call.options)?;
            let count = if let Some(token) = call.options.get("$deltatoken") {
                call.options.alone("$deltatoken", &["$select"])?;
                read::count_changes(call.session, table, token)?
            } else {
                call.options.alone("$count", &["$filter"])?;
                let filter = call.options.filter()?;
                limit_conditions(filter.as_ref().map_or(0, Filter::conditions))?;
                read::count(call.session, table, &scope, filter.as_ref())?.0
            };
            // Dataverse puts a byte order mark before the number.
            let text = format!("\u{feff}{count}");
            Ok(Outgoing::bytes(StatusCode::OK, "text/plain", text.into_bytes()))
        }
        "$count" => Err(Refusal::method_not_allowed(&call.incoming.method)),
        name => match name.strip_prefix(NAMESPACE) {
            Some(called) => bound(call, table, None, called, next),
            None => Err(without_namespace(call, table, false, name)),
        },
    }
}

fn list<'s>(call: &Call<'s>, table: &'s Table, scope: Scope<'s>) -> Result<Outgoing> {
    let path = &call.incoming.path;
    let body = read::collection(call.session, &call.preferences, table, scope, call.options, path, false)?;
    Ok(applied(call, Outgoing::json(StatusCode::OK, &body)))
}

fn add(call: &Call<'_>, table: &Table, scope: &Scope<'_>) -> Result<Outgoing> {
    let session = call.session;
    let shape = Shape::new(session, table, call.options.select(), call.options.expand()?)?;
    let mut draft = Draft::read(session, table, Purpose::Create, &call.incoming.json()?)?;
    if let Scope::Related { table: from, navigation: Navigation::Many { column, .. }, id } = scope
        && let Some(column) = table.column(column)
    {
        let me = Referenced { table: from.logical_name.clone(), id: id.clone() };
        draft.cells.retain(|(each, _)| each.logical_name != column.logical_name);
        draft.cells.push((column, ColumnValue::Reference(Some(me))));
    }
    let id = create(session, draft)?;
    if let Scope::Related { table: from, navigation, id: mine } = scope {
        let child = Referenced { table: table.logical_name.clone(), id: id.clone() };
        pair(session, from, mine, navigation, &child)?;
    }
    created(call, &shape, &id, &url(session, table, &id))
}
