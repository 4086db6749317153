//! Structs for bodies as a user would write them: all writable columns of a session, each left out if it is
//! `None`. In an update, `Some(None)` clears.

use jiff::Timestamp;
use serde::Serialize;

macro_rules! body {
    ($body:ident { $($field:ident: $type:ty = $name:literal,)* }) => {
        #[derive(Default, Serialize)]
        pub struct $body {
            $(#[serde(rename = $name, skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)*
        }
    };
}

body! {
    SessionCreate {
        id: String = "activityid",
        subject: String = "subject",
        description: String = "description",
        session_id: String = "msdyn_sessionid",
        channel: i32 = "msdyn_channel",
        session_state: i32 = "msdyn_state",
        closure_reason: i32 = "msdyn_closurereason",
        bot_engagement_mode: i32 = "msdyn_botengagementmode",
        primary_session: String = "msdyn_primarysession_msdyn_ocsession@odata.bind",
        session_created_on: Timestamp = "msdyn_sessioncreatedon",
        session_modified_on: Timestamp = "msdyn_sessionmodifiedon",
        queue_assigned_on: Timestamp = "msdyn_queueassignedon",
        agent_assigned_on: Timestamp = "msdyn_agentassignedon",
        agent_accepted_on: Timestamp = "msdyn_agentacceptedon",
        session_closed_on: Timestamp = "msdyn_sessionclosedon",
        status: i32 = "statuscode",
        priority: i32 = "prioritycode",
        scheduled_start: Timestamp = "scheduledstart",
        scheduled_end: Timestamp = "scheduledend",
        actual_start: Timestamp = "actualstart",
        actual_end: Timestamp = "actualend",
        owner: String = "ownerid_msdyn_ocsession@odata.bind",
        import_sequence_number: i32 = "importsequencenumber",
        overridden_created_on: Timestamp = "overriddencreatedon",
    }
}

body! {
    SessionUpdate {
        subject: Option<String> = "subject",
        description: Option<String> = "description",
        session_id: Option<String> = "msdyn_sessionid",
        channel: Option<i32> = "msdyn_channel",
        session_state: Option<i32> = "msdyn_state",
        closure_reason: Option<i32> = "msdyn_closurereason",
        bot_engagement_mode: Option<i32> = "msdyn_botengagementmode",
        // Only cleared here: `null` goes to the property itself.
        primary_session: Option<String> = "msdyn_primarysession_msdyn_ocsession",
        session_created_on: Option<Timestamp> = "msdyn_sessioncreatedon",
        session_modified_on: Option<Timestamp> = "msdyn_sessionmodifiedon",
        queue_assigned_on: Option<Timestamp> = "msdyn_queueassignedon",
        agent_assigned_on: Option<Timestamp> = "msdyn_agentassignedon",
        agent_accepted_on: Option<Timestamp> = "msdyn_agentacceptedon",
        session_closed_on: Option<Timestamp> = "msdyn_sessionclosedon",
        state: Option<i32> = "statecode",
        status: Option<i32> = "statuscode",
        priority: Option<i32> = "prioritycode",
        scheduled_start: Option<Timestamp> = "scheduledstart",
        scheduled_end: Option<Timestamp> = "scheduledend",
        actual_start: Option<Timestamp> = "actualstart",
        actual_end: Option<Timestamp> = "actualend",
        owner: Option<String> = "ownerid_msdyn_ocsession@odata.bind",
    }
}
