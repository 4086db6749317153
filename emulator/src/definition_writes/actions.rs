//! Actions that change definitions.

use http::StatusCode;

use super::edit::Edit;
use super::option_sets::Named;
use super::{relationships, solutions};
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::session::{Call, Session};
use crate::value::guid;

/// The actions of this module.
pub(crate) const NAMES: [&str; 13] = [
    "AddSolutionComponent",
    "CreateCustomerRelationships",
    "CreateEntities",
    "CreatePolymorphicLookupAttribute",
    "DeleteOptionValue",
    "InsertOptionValue",
    "InsertStatusValue",
    "OrderOption",
    "PublishAllXml",
    "PublishXml",
    "RemoveSolutionComponent",
    "UpdateOptionValue",
    "UpdateStateValue",
];

/// Carries out an action that changes definitions.
pub(crate) fn act(call: &Call<'_>, name: &str, body: &Json) -> Result<Outgoing> {
    let (session, incoming) = (call.session, call.incoming);
    // A parameter of some actions, of `CreateEntities` in the query, and a header of all.
    let solution = body.text("SolutionUniqueName").or_else(|| call.options.get("SolutionUniqueName"));
    let edit = Edit::begin(session, solution.or_else(|| incoming.condition("MSCRM.SolutionUniqueName")))?;
    let answer = match name {
        "CreateEntities" => {
            for table in body.list("Entities") {
                super::tables::create(&edit, table)?;
            }
            Outgoing::no_content()
        }
        "CreatePolymorphicLookupAttribute" => {
            created(session, name, relationships::create_polymorphic(&edit, body)?)
        }
        "CreateCustomerRelationships" => created(session, name, relationships::create_customer(&edit, body)?),
        "InsertOptionValue" | "InsertStatusValue" => {
            let value = Named::read(&edit, body)?.insert(&edit, body)?;
            answered(session, name, [("NewOptionValue", value.into())])
        }
        "UpdateOptionValue" | "UpdateStateValue" => {
            Named::read(&edit, body)?.update(&edit, body)?;
            Outgoing::no_content()
        }
        "DeleteOptionValue" => {
            Named::read(&edit, body)?.delete(&edit, body)?;
            Outgoing::no_content()
        }
        "OrderOption" => {
            Named::read(&edit, body)?.order(&edit, body)?;
            Outgoing::no_content()
        }
        "AddSolutionComponent" | "RemoveSolutionComponent" => return component(session, &edit, name, body),
        _ => return published(name, body),
    };
    edit.finish()?;
    Ok(answer)
}

/// Answers with the properties of an action's response.
fn answered<const N: usize>(session: &Session<'_>, action: &str, members: [(&str, Json); N]) -> Outgoing {
    let context = format!("{}/$metadata#Microsoft.Dynamics.CRM.{action}Response", session.root);
    let mut body = object([("@odata.context", context.into())]);
    for (name, value) in members {
        body.set(name, value);
    }
    Outgoing::json(StatusCode::OK, &body)
}

/// Answers with the ids of a lookup and of its relationships.
fn created(
    session: &Session<'_>,
    action: &str,
    (relationships, attribute): (Vec<String>, String),
) -> Outgoing {
    let relationships = Json::Array(relationships.into_iter().map(Json::from).collect());
    answered(session, action, [("RelationshipIds", relationships), ("AttributeId", attribute.into())])
}

/// Adds a component to the solution, or removes it.
fn component(session: &Session<'_>, edit: &Edit<'_>, action: &str, body: &Json) -> Result<Outgoing> {
    let need = |name| super::names::missing(name, "action");
    let given =
        body.text("ComponentId").or_else(|| body.get("SolutionComponent")?.text("solutioncomponentid"));
    let id = given.and_then(guid).ok_or_else(|| need("ComponentId"))?;
    let kind = body.integer("ComponentType").ok_or_else(|| need("ComponentType"))?;
    let done = if action == "AddSolutionComponent" {
        solutions::add_one(session, edit.solution(), kind, &id)?
    } else {
        let removed = solutions::remove_one(session, edit.solution(), &id)?;
        removed.ok_or_else(|| Refusal::record_not_found("solutioncomponent", &id))?
    };
    Ok(answered(session, action, [("id", done.into())]))
}

/// Publishes changes. They take effect at once in this service, so there is nothing left to do.
fn published(name: &str, body: &Json) -> Result<Outgoing> {
    if name == "PublishXml" {
        let xml = body.text("ParameterXml").ok_or_else(|| super::names::missing("ParameterXml", "action"))?;
        if roxmltree::Document::parse(xml).is_err() {
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040201", "Invalid XML."));
        }
    }
    Ok(Outgoing::no_content())
}
