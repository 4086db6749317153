//! The answer of a function.

use http::StatusCode;

use crate::http::Outgoing;
use crate::json::Json;
use crate::session::Session;

/// Returns the answer of a function: an object of the type that `$metadata` names for it.
pub(super) fn answer<const N: usize>(
    session: &Session<'_>,
    name: &str,
    members: [(&str, Json); N],
) -> Outgoing {
    let context = format!("{}/$metadata#Microsoft.Dynamics.CRM.{name}", session.root);
    let mut all = vec![("@odata.context".to_owned(), Json::Text(context))];
    all.extend(members.into_iter().map(|(name, value)| (name.to_owned(), value)));
    Outgoing::json(StatusCode::OK, &Json::Object(all))
}
