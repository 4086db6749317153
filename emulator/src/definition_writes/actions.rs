//! Actions that change definitions.

use http::StatusCode;

use super::edit::Edit;
use super::relationships;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::session::Session;

/// The actions of this module.
pub(crate) const NAMES: [&str; 5] = [
    "CreateCustomerRelationships",
    "CreateEntities",
    "CreatePolymorphicLookupAttribute",
    "PublishAllXml",
    "PublishXml",
];

/// Carries out an action that changes definitions.
pub(crate) fn act(session: &Session<'_>, name: &str, body: &Json) -> Result<Outgoing> {
    let edit = Edit::begin(session)?;
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
        _ => return published(name, body),
    };
    edit.finish()?;
    Ok(answer)
}

/// Answers with the ids of a lookup and of its relationships.
fn created(
    session: &Session<'_>,
    action: &str,
    (relationships, attribute): (Vec<String>, String),
) -> Outgoing {
    let context = format!("{}/$metadata#Microsoft.Dynamics.CRM.{action}Response", session.root);
    let relationships = Json::Array(relationships.into_iter().map(Json::from).collect());
    let body = object([
        ("@odata.context", context.into()),
        ("RelationshipIds", relationships),
        ("AttributeId", attribute.into()),
    ]);
    Outgoing::json(StatusCode::OK, &body)
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
