//! Writes the bodies of a create and an update of a session, a table with many writable columns, from plain
//! values to text.

use dataverse_entity::Id;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::oc_session::{
    BotEngagementMode, Channel, ClosureReason, Priority, SessionState, StatusReason,
};
use dataverse_entity::tables::{OcSession, SystemUser};
use serde_json::{Map, Value, json};

use crate::bodies_by_hand::{SessionCreate, SessionUpdate};
use crate::{Group, Sizes};

const TABLE: &str = "Writing a body";

/// The values to write.
#[derive(Clone, Copy)]
struct Values {
    subject: &'static str,
    description: &'static str,
    session_id: &'static str,
    parent: Id<OcSession>,
    owner: Id<SystemUser>,
    time: Timestamp,
}

impl Values {
    fn new() -> Self {
        Self {
            subject: "Chat about an invoice",
            description: "The customer says \"twice\" was paid.\nAn agent looks into it.",
            session_id: "8e4f0c1a5b",
            parent: "0d2c7a10-1111-4111-8111-111111111111".parse().expect("a GUID"),
            owner: "2f5d9c30-3333-4333-8333-333333333333".parse().expect("a GUID"),
            time: "2026-03-02T10:02:00Z".parse().expect("a time"),
        }
    }
}

pub fn create(sizes: Sizes) -> Group {
    group(sizes, "create", [ours_create, by_hand_create, tree_create])
}

pub fn update(sizes: Sizes) -> Group {
    group(sizes, "update", [ours_update, by_hand_update, tree_update])
}

fn group(sizes: Sizes, column: &'static str, [ours, by_hand, tree]: [fn(&Values) -> String; 3]) -> Group {
    let values = Values::new();
    let parsed =
        |body: fn(&Values) -> String| -> Value { serde_json::from_str(&body(&values)).expect("JSON") };
    assert_eq!(parsed(ours), parsed(by_hand), "{column}, serde_derive");
    assert_eq!(parsed(ours), parsed(tree), "{column}, tree");
    let length = ours(&values).len();
    let write = |body: fn(&Values) -> String| move || body(std::hint::black_box(&values)).len();
    Group::new(TABLE, column)
        .input(1, length)
        .calls(sizes.calls)
        .gives(length)
        .variant("dataverse-entity", write(ours))
        .variant("`serde_derive` struct with `@odata.bind` texts, `serde_json::to_string`", write(by_hand))
        .variant("`serde_json::Map`, `serde_json::to_string`", write(tree))
}

fn ours_create(values: &Values) -> String {
    OcSession::create()
        .subject(values.subject)
        .description(values.description)
        .session_id(values.session_id)
        .channel(Channel::LiveChat)
        .session_state(SessionState::Active)
        .bot_engagement_mode(BotEngagementMode::PreConversation)
        .primary_session(values.parent)
        .session_created_on(values.time)
        .queue_assigned_on(values.time)
        .agent_assigned_on(values.time)
        .agent_accepted_on(values.time)
        .priority(Priority::High)
        .scheduled_start(values.time)
        .scheduled_end(values.time)
        .actual_start(values.time)
        .owner(values.owner)
        .import_sequence_number(7)
        .to_json()
        .expect("a body")
}

fn by_hand_create(values: &Values) -> String {
    let body = SessionCreate {
        subject: Some(values.subject.to_owned()),
        description: Some(values.description.to_owned()),
        session_id: Some(values.session_id.to_owned()),
        channel: Some(192_360_000),
        session_state: Some(192_350_001),
        bot_engagement_mode: Some(192_350_001),
        primary_session: Some(format!("/msdyn_ocsessions({})", values.parent)),
        session_created_on: Some(values.time),
        queue_assigned_on: Some(values.time),
        agent_assigned_on: Some(values.time),
        agent_accepted_on: Some(values.time),
        priority: Some(2),
        scheduled_start: Some(values.time),
        scheduled_end: Some(values.time),
        actual_start: Some(values.time),
        owner: Some(format!("/systemusers({})", values.owner)),
        import_sequence_number: Some(7),
        ..SessionCreate::default()
    };
    serde_json::to_string(&body).expect("a body")
}

fn tree_create(values: &Values) -> String {
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("subject", json!(values.subject));
    put("description", json!(values.description));
    put("msdyn_sessionid", json!(values.session_id));
    put("msdyn_channel", json!(192_360_000));
    put("msdyn_state", json!(192_350_001));
    put("msdyn_botengagementmode", json!(192_350_001));
    put(
        "msdyn_primarysession_msdyn_ocsession@odata.bind",
        json!(format!("/msdyn_ocsessions({})", values.parent)),
    );
    let times = [
        "msdyn_sessioncreatedon",
        "msdyn_queueassignedon",
        "msdyn_agentassignedon",
        "msdyn_agentacceptedon",
        "scheduledstart",
        "scheduledend",
        "actualstart",
    ];
    for name in times {
        put(name, json!(values.time));
    }
    put("prioritycode", json!(2));
    put("ownerid_msdyn_ocsession@odata.bind", json!(format!("/systemusers({})", values.owner)));
    put("importsequencenumber", json!(7));
    serde_json::to_string(&body).expect("a body")
}

fn ours_update(values: &Values) -> String {
    OcSession::update(values.parent)
        .subject(values.subject)
        .clear_description()
        .session_state(SessionState::Closed)
        .closure_reason(ClosureReason::AgentClosed)
        .clear_bot_engagement_mode()
        .clear_primary_session()
        .session_closed_on(values.time)
        .actual_end(values.time)
        .clear_scheduled_end()
        .owner(values.owner)
        .status(StatusReason::Completed)
        .to_json()
        .expect("a body")
}

fn by_hand_update(values: &Values) -> String {
    let body = SessionUpdate {
        subject: Some(Some(values.subject.to_owned())),
        description: Some(None),
        session_state: Some(Some(192_350_002)),
        closure_reason: Some(Some(192_350_004)),
        bot_engagement_mode: Some(None),
        primary_session: Some(None),
        session_closed_on: Some(Some(values.time)),
        actual_end: Some(Some(values.time)),
        scheduled_end: Some(None),
        owner: Some(Some(format!("/systemusers({})", values.owner))),
        state: Some(Some(1)),
        status: Some(Some(2)),
        ..SessionUpdate::default()
    };
    serde_json::to_string(&body).expect("a body")
}

fn tree_update(values: &Values) -> String {
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("subject", json!(values.subject));
    put("description", Value::Null);
    put("msdyn_state", json!(192_350_002));
    put("msdyn_closurereason", json!(192_350_004));
    put("msdyn_botengagementmode", Value::Null);
    put("msdyn_primarysession_msdyn_ocsession", Value::Null);
    put("msdyn_sessionclosedon", json!(values.time));
    put("actualend", json!(values.time));
    put("scheduledend", Value::Null);
    put("ownerid_msdyn_ocsession@odata.bind", json!(format!("/systemusers({})", values.owner)));
    put("statecode", json!(1));
    put("statuscode", json!(2));
    serde_json::to_string(&body).expect("a body")
}
