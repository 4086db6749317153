//! Routes of paths that start with an entity set.

use http::Method;

use super::identity::existing_id;
use super::{collection, property, references, single};
use crate::error::{Refusal, Result};
use crate::functions_and_actions::{NAMESPACE, bound, require_bound, without_namespace};
use crate::http::Outgoing;
use crate::read::Scope;
use crate::schema::{Navigation, Table};
use crate::session::Call;
use crate::sql::READ;
use crate::uri::{Keys, Segment};

/// Answers a request whose path starts with an entity set.
pub(crate) fn answer<'s>(call: &Call<'s>, table: &'s Table, segments: &'s [Segment]) -> Result<Outgoing> {
    let [set, rest @ ..] = segments else { return Err(Refusal::unknown_segment("")) };
    if call.session.strict && !table.elastic && call.options.get("partitionId").is_some() {
        return Err(Refusal::bad(format!(
            "Strict mode: the table '{}' is not elastic: the query option partitionId has no effect here.",
            table.logical_name
        )));
    }
    match &set.arguments {
        None | Some(Keys::None) => collection::answer(call, table, scope(call, table), rest),
        Some(keys) => below_record(call, table, keys, rest),
    }
}

/// Returns all rows of a set, or those of the partition that the query option names.
fn scope<'s>(call: &Call<'s>, table: &Table) -> Scope<'s> {
    let reads = call.incoming.method == http::Method::GET;
    match crate::elastic::partition_option(table, call.options).filter(|_| reads) {
        Some(partition) => Scope::Partition(partition),
        None => Scope::Set,
    }
}

/// Answers a request for a record, or for something below it.
fn below_record<'s>(call: &Call<'s>, table: &'s Table, keys: &Keys, rest: &'s [Segment]) -> Result<Outgoing> {
    let Some((next, rest)) = rest.split_first() else { return single::answer(call, table, keys) };
    let called = next.name.strip_prefix(NAMESPACE);
    // A cast to the table's own type changes nothing.
    if called == Some(table.logical_name.as_str()) && rest.is_empty() {
        return single::answer(call, table, keys);
    }
    if let Some(name) = called {
        require_bound(call, table, true, name)?;
        if let [more, ..] = rest {
            return Err(Refusal::unknown_segment(&more.name));
        }
    }
    let id = existing_id(call, table, keys)?;
    if let Some(name) = called {
        return bound(call, table, Some(&id), name, next);
    }
    if let Some(navigation) = table.navigation(&next.name) {
        return related(call, table, &id, navigation, next, rest);
    }
    if let Some(column) = table.property(&next.name)
        && next.arguments.is_none()
    {
        return property::answer(call, table, keys, &id, column, rest);
    }
    Err(without_namespace(call, table, true, &next.name))
}

/// Refuses to change a record through a navigation property, or to call an operation on it: a request can
/// only change the record that its URL starts with.
fn only_reads(call: &Call<'_>, rest: &[Segment]) -> Result<()> {
    let method = &call.incoming.method;
    let calls = rest.last().is_some_and(|last| last.name.starts_with("Microsoft.Dynamics.CRM."));
    if method == Method::GET || calls && method == Method::POST {
        Ok(())
    } else {
        Err(Refusal::method_not_allowed(method))
    }
}

/// Answers a request that goes through a navigation property.
fn related<'s>(
    call: &Call<'s>,
    table: &'s Table,
    id: &str,
    navigation: &'s Navigation,
    segment: &'s Segment,
    rest: &'s [Segment],
) -> Result<Outgoing> {
    let is_reference = rest.first().is_some_and(|next| next.name == "$ref");
    if is_reference {
        if rest.len() > 1 {
            return Err(Refusal::unknown_segment(&rest[1].name));
        }
        return references::answer(call, table, id, navigation, segment.arguments.as_ref());
    }
    match navigation {
        Navigation::One { .. } => {
            if segment.arguments.is_some() {
                return Err(Refusal::unknown_segment(&segment.name));
            }
            only_reads(call, rest)?;
            let Some(target) = references::target(call, table, id, navigation)? else {
                return if rest.is_empty() {
                    Ok(Outgoing::no_content())
                } else {
                    Err(Refusal::unknown_segment(&rest[0].name))
                };
            };
            let other = call.session.table(&target.table)?;
            below_record(call, other, &Keys::One(crate::uri::Literal::Guid(target.id)), rest)
        }
        Navigation::Many { table: other, .. } | Navigation::Association { table: other, .. } => {
            let other = call.session.table(other)?;
            let scope = Scope::Related { table, navigation, id: id.to_owned() };
            // Reading a collection needs the right to read its record.
            if call.incoming.method != Method::POST || segment.arguments.is_some() || !rest.is_empty() {
                call.session.require(READ, table, id)?;
            }
            match &segment.arguments {
                None | Some(Keys::None) => collection::answer(call, other, scope, rest),
                Some(keys) => {
                    only_reads(call, rest)?;
                    let inner = existing_id(call, other, keys)?;
                    references::require_member(call, table, id, navigation, other, &inner)?;
                    below_record(call, other, keys, rest)
                }
            }
        }
    }
}
