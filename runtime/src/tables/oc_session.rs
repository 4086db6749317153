//! `msdyn_ocsession`: an Omnichannel session, the parent of session events.
//!
//! It is an activity, so its key is `activityid` and its name is `subject`.
//!
//! It has the columns that integrations need most, with the facts of Microsoft's table reference; the table
//! has more.

use super::{BusinessUnit, Principal, SystemUser, Team};
use crate::{DataverseEntity, Id, Lookup, OptionSet, Timestamp};

/// An Omnichannel session: a conversation with a customer, from the first agent or bot to the last.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::OcSession;
///
/// assert_eq!(OcSession::create().subject("Chat").to_json()?, r#"{"subject":"Chat"}"#);
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    crate = "crate",
    logical = "msdyn_ocsession",
    set = "msdyn_ocsessions",
    display = "Session",
    display_collection = "Sessions",
    ownership = "user",
    activity,
    relationship(
        one_to_many,
        schema = "msdyn_ocsession_sessionevent_nested",
        column = "msdyn_omnichannelsession",
        table = "msdyn_sessionevent",
        nav = "msdyn_ocsession_sessionevent_nested",
        on_delete = "cascade",
    )
)]
#[non_exhaustive]
pub struct OcSession {
    /// Id of the session.
    #[attr(
        logical = "activityid",
        schema = "ActivityId",
        display = "Activity",
        primary_id,
        required = "system",
        create_only,
        form = false
    )]
    pub id: Id<OcSession>,

    /// Subject of the session.
    #[attr(
        logical = "subject",
        schema = "Subject",
        display = "Subject",
        primary_name,
        string(max_length = 200),
        required = "application"
    )]
    pub subject: Option<String>,

    /// Description of the session.
    #[attr(
        logical = "description",
        schema = "Description",
        display = "Description",
        memo(max_length = 2000, format = "text")
    )]
    pub description: Option<String>,

    /// Omnichannel's identifier of the session.
    #[attr(logical = "msdyn_sessionid", display = "Session Id", string(max_length = 100))]
    pub session_id: Option<String>,

    /// Channel of the session.
    #[attr(logical = "msdyn_channel", display = "Channel", picklist)]
    pub channel: Option<Channel>,

    /// Progress of the session.
    #[attr(logical = "msdyn_state", display = "State", picklist)]
    pub session_state: Option<SessionState>,

    /// Reason for the closure.
    #[attr(logical = "msdyn_closurereason", display = "Closure Reason", picklist)]
    pub closure_reason: Option<ClosureReason>,

    /// Time at which a bot took part.
    #[attr(logical = "msdyn_botengagementmode", display = "Bot Engagement Mode", picklist)]
    pub bot_engagement_mode: Option<BotEngagementMode>,

    /// The session to which this one belongs.
    #[attr(
        logical = "msdyn_primarysession",
        display = "Primary Session",
        lookup,
        nav = "msdyn_primarysession_msdyn_ocsession",
        relationship = "msdyn_msdyn_ocsession_msdyn_ocsession_primarysession",
        on_delete = "remove_link"
    )]
    pub primary_session: Option<Lookup<OcSession>>,

    /// Time at which the session began.
    #[attr(
        logical = "msdyn_sessioncreatedon",
        display = "Session Created On",
        datetime(behavior = "user_local", format = "date_and_time")
    )]
    pub session_created_on: Option<Timestamp>,

    /// Time of the last change of the session.
    #[attr(
        logical = "msdyn_sessionmodifiedon",
        display = "Session Modified On",
        datetime(behavior = "user_local", format = "date_only")
    )]
    pub session_modified_on: Option<Timestamp>,

    /// Time of the assignment to a queue.
    #[attr(
        logical = "msdyn_queueassignedon",
        display = "Queue Assigned On",
        datetime(behavior = "user_local", format = "date_only")
    )]
    pub queue_assigned_on: Option<Timestamp>,

    /// Time of the assignment to an agent.
    #[attr(
        logical = "msdyn_agentassignedon",
        display = "Agent Assigned On",
        datetime(behavior = "user_local", format = "date_and_time")
    )]
    pub agent_assigned_on: Option<Timestamp>,

    /// Time at which the agent accepted the session.
    #[attr(
        logical = "msdyn_agentacceptedon",
        display = "Agent Accepted On",
        datetime(behavior = "user_local", format = "date_and_time")
    )]
    pub agent_accepted_on: Option<Timestamp>,

    /// Time of the closure.
    #[attr(
        logical = "msdyn_sessionclosedon",
        display = "Session Closed On",
        datetime(behavior = "user_local", format = "date_and_time")
    )]
    pub session_closed_on: Option<Timestamp>,

    /// State of the activity. A new one is open.
    #[attr(
        logical = "statecode",
        schema = "StateCode",
        display = "Activity Status",
        state,
        required = "system",
        update_only
    )]
    pub state: Option<State>,

    /// Reason for the state.
    #[attr(logical = "statuscode", schema = "StatusCode", display = "Status Reason", status)]
    pub status: Option<StatusReason>,

    /// Priority of the session.
    #[attr(logical = "prioritycode", schema = "PriorityCode", display = "Priority", picklist)]
    pub priority: Option<Priority>,

    /// Planned start.
    #[attr(
        logical = "scheduledstart",
        schema = "ScheduledStart",
        display = "Start Date",
        datetime(behavior = "user_local", format = "date_and_time")
    )]
    pub scheduled_start: Option<Timestamp>,

    /// Planned end.
    #[attr(
        logical = "scheduledend",
        schema = "ScheduledEnd",
        display = "Due Date",
        datetime(behavior = "user_local", format = "date_and_time")
    )]
    pub scheduled_end: Option<Timestamp>,

    /// Actual start.
    #[attr(
        logical = "actualstart",
        schema = "ActualStart",
        display = "Actual Start",
        datetime(behavior = "user_local", format = "date_and_time")
    )]
    pub actual_start: Option<Timestamp>,

    /// Actual end.
    #[attr(
        logical = "actualend",
        schema = "ActualEnd",
        display = "Actual End",
        datetime(behavior = "user_local", format = "date_and_time")
    )]
    pub actual_end: Option<Timestamp>,

    /// Logical name of the activity's table.
    #[attr(
        logical = "activitytypecode",
        schema = "ActivityTypeCode",
        display = "Activity Type",
        entity_name,
        required = "system",
        read_only,
        form = false
    )]
    pub activity_type: Option<String>,

    /// The owner: a user or a team.
    #[attr(
        logical = "ownerid",
        schema = "OwnerId",
        display = "Owner",
        owner,
        nav = "ownerid_msdyn_ocsession",
        relationship = "msdyn_ocsession_owner_ownerid",
        required = "system"
    )]
    pub owner: Option<Lookup<Principal>>,

    /// The business unit of the owner.
    #[attr(
        logical = "owningbusinessunit",
        schema = "OwningBusinessUnit",
        display = "Owning Business Unit",
        lookup,
        nav = "owningbusinessunit_msdyn_ocsession",
        relationship = "msdyn_ocsession_businessunit_owningbusinessunit",
        read_only
    )]
    pub owning_business_unit: Option<Lookup<BusinessUnit>>,

    /// The owner, if it is a user.
    #[attr(
        logical = "owninguser",
        schema = "OwningUser",
        display = "Owning User",
        lookup,
        nav = "owninguser_msdyn_ocsession",
        relationship = "msdyn_ocsession_systemuser_owninguser",
        read_only,
        form = false
    )]
    pub owning_user: Option<Lookup<SystemUser>>,

    /// The owner, if it is a team.
    #[attr(
        logical = "owningteam",
        schema = "OwningTeam",
        display = "Owning Team",
        lookup,
        nav = "owningteam_msdyn_ocsession",
        relationship = "msdyn_ocsession_team_owningteam",
        read_only,
        form = false
    )]
    pub owning_team: Option<Lookup<Team>>,

    /// Time at which the record was created.
    #[attr(
        logical = "createdon",
        schema = "CreatedOn",
        display = "Date Created",
        datetime(behavior = "user_local", format = "date_and_time"),
        read_only
    )]
    pub created_on: Option<Timestamp>,

    /// The user who created the record.
    #[attr(
        logical = "createdby",
        schema = "CreatedBy",
        display = "Created By",
        lookup,
        nav = "createdby_msdyn_ocsession",
        relationship = "msdyn_ocsession_systemuser_createdby",
        read_only
    )]
    pub created_by: Option<Lookup<SystemUser>>,

    /// Time of the last change of the record.
    #[attr(
        logical = "modifiedon",
        schema = "ModifiedOn",
        display = "Last Updated",
        datetime(behavior = "user_local", format = "date_and_time"),
        read_only
    )]
    pub modified_on: Option<Timestamp>,

    /// The user who last changed the record.
    #[attr(
        logical = "modifiedby",
        schema = "ModifiedBy",
        display = "Modified By",
        lookup,
        nav = "modifiedby_msdyn_ocsession",
        relationship = "msdyn_ocsession_systemuser_modifiedby",
        read_only
    )]
    pub modified_by: Option<Lookup<SystemUser>>,

    /// Number of the import that created the record.
    #[attr(
        logical = "importsequencenumber",
        schema = "ImportSequenceNumber",
        display = "Import Sequence Number",
        integer,
        create_only,
        form = false
    )]
    pub import_sequence_number: Option<i32>,

    /// Time at which a migrated record was created in its original system.
    #[attr(
        logical = "overriddencreatedon",
        schema = "OverriddenCreatedOn",
        display = "Record Created On",
        datetime(behavior = "user_local", format = "date_only"),
        create_only,
        form = false
    )]
    pub overridden_created_on: Option<Timestamp>,

    /// Version of the record, which counts its changes.
    #[attr(
        logical = "versionnumber",
        schema = "VersionNumber",
        display = "Version Number",
        bigint,
        read_only,
        form = false
    )]
    pub version_number: Option<i64>,
}

/// The channel of a session (`msdyn_channel`, the global choice `msdyn_streamsource`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum Channel {
    /// Entity Records.
    #[option(label = "Entity Records")]
    EntityRecords = 192350000,
    /// Microsoft Teams.
    #[option(label = "Microsoft Teams")]
    MicrosoftTeams = 19241000,
    /// WhatsApp.
    WhatsApp = 192300000,
    /// LINE.
    LINE = 192310000,
    /// WeChat.
    WeChat = 192320000,
    /// Facebook.
    Facebook = 192330000,
    /// SMS.
    SMS = 192340000,
    /// Twitter.
    Twitter = 192350001,
    /// Custom.
    Custom = 192350002,
    /// Live chat.
    #[option(label = "Live chat")]
    LiveChat = 192360000,
    /// Voice.
    Voice = 192370000,
    /// Video.
    Video = 192380000,
    /// Co-browse.
    #[option(label = "Co-browse")]
    CoBrowse = 192390000,
    /// Screen sharing.
    #[option(label = "Screen sharing")]
    ScreenSharing = 192400000,
    /// Voice call.
    #[option(label = "Voice call")]
    VoiceCall = 192440000,
    /// Apple Messages for Business.
    #[option(label = "Apple Messages for Business")]
    AppleMessagesForBusiness = 192450000,
    /// Google's Business Messages.
    #[option(label = "Google's Business Messages")]
    GoogleBusinessMessages = 192450001,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The progress of a session (`msdyn_state`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum SessionState {
    /// Default.
    Default = 192350000,
    /// Active.
    Active = 192350001,
    /// Closed.
    Closed = 192350002,
    /// New.
    New = 192350003,
    /// Wrap-up.
    #[option(label = "Wrap-up")]
    WrapUp = 192350004,
    /// Waiting.
    Waiting = 192350005,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The reason for the closure of a session (`msdyn_closurereason`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum ClosureReason {
    /// Default.
    Default = 192350000,
    /// AgentReject.
    AgentReject = 192350001,
    /// AgentTimeout.
    AgentTimeout = 192350002,
    /// ConversationTimeout.
    ConversationTimeout = 192350003,
    /// AgentClosed.
    AgentClosed = 192350004,
    /// ConversationClosed.
    ConversationClosed = 192350005,
    /// AgentTransfered.
    AgentTransfered = 192350006,
    /// AgentDisconnected.
    AgentDisconnected = 192350007,
    /// AgentReRouted.
    AgentReRouted = 192350008,
    /// VirtualAgentClosed.
    VirtualAgentClosed = 192350009,
    /// AgentTransferToQueue.
    AgentTransferToQueue = 192350010,
    /// SupervisorAssignToQueue.
    SupervisorAssignToQueue = 192350011,
    /// SupervisorTransferToAgent.
    SupervisorTransferToAgent = 192350012,
    /// SystemReject.
    SystemReject = 192350013,
    /// ForceClose.
    ForceClose = 192350014,
    /// OverflowQueueTransfer.
    OverflowQueueTransfer = 192350015,
    /// OverflowEndConversation.
    OverflowEndConversation = 192350016,
    /// AddAgentFailed.
    AddAgentFailed = 192350017,
    /// AutoClose.
    AutoClose = 192350018,
    /// SecondaryChannelClosed.
    SecondaryChannelClosed = 192350019,
    /// CustomerDisconnect.
    CustomerDisconnect = 192350020,
    /// AgentEndConversation.
    AgentEndConversation = 192350021,
    /// CustomerEndConversation.
    CustomerEndConversation = 192350022,
    /// QueueTransfer.
    QueueTransfer = 192350023,
    /// InqueueOverflowQueueTransfer.
    InqueueOverflowQueueTransfer = 192350024,
    /// InqueueOverflowEndConversation.
    InqueueOverflowEndConversation = 192350025,
    /// BotTransferToAgent.
    BotTransferToAgent = 192350026,
    /// BotEndConversation.
    BotEndConversation = 192350027,
    /// BotCallFailureEndConversation.
    BotCallFailureEndConversation = 192350028,
    /// BotCallFailureExternalTransfer.
    BotCallFailureExternalTransfer = 192350029,
    /// BotCallFailurePromptAndEscalate.
    BotCallFailurePromptAndEscalate = 192350030,
    /// BotCallFailureEscalate.
    BotCallFailureEscalate = 192350031,
    /// CanceledByProactiveService.
    CanceledByProactiveService = 192350032,
    /// ManuallyClosedConversation.
    ManuallyClosedConversation = 192350033,
    /// ManuallyClosedSession.
    ManuallyClosedSession = 192350034,
    /// AgentTransferToAgentGroup.
    AgentTransferToAgentGroup = 192350035,
    /// ExternalAgentAccept.
    ExternalAgentAccept = 192350036,
    /// ExternalAgentReject.
    ExternalAgentReject = 192350037,
    /// ExternalAgentTransfer.
    ExternalAgentTransfer = 192350038,
    /// MonitorDisconnected.
    MonitorDisconnected = 192350052,
    /// FailedToAssignDueToSystemError.
    FailedToAssignDueToSystemError = 192350053,
    /// VoiceConnectivityProblem.
    VoiceConnectivityProblem = 192350054,
    /// MaximumSessionsReached.
    MaximumSessionsReached = 192350055,
    /// CallTimedOut.
    CallTimedOut = 192350056,
    /// ScheduledCallbackAccepted.
    ScheduledCallbackAccepted = 192350057,
    /// ScheduledCallbackDenied.
    ScheduledCallbackDenied = 192350058,
    /// ScheduledCallbackFailed.
    ScheduledCallbackFailed = 192350059,
    /// UnreserveInStandby.
    UnreserveInStandby = 192350060,
    /// CustomerNonResponseTimeoutRule.
    CustomerNonResponseTimeoutRule = 192350061,
    /// AgentNonResponseTimeoutRule.
    AgentNonResponseTimeoutRule = 192350062,
    /// AgentMovedConversationToWaiting.
    AgentMovedConversationToWaiting = 192350063,
    /// AutoRejectedDueToBrowserRefresh.
    AutoRejectedDueToBrowserRefresh = 192350064,
    /// AutoRejectAsOutboundCallInProgress.
    AutoRejectAsOutboundCallInProgress = 192350065,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The time at which a bot took part in a session (`msdyn_botengagementmode`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum BotEngagementMode {
    /// Default.
    Default = 192350000,
    /// PreConversation.
    PreConversation = 192350001,
    /// PostConverstation.
    PostConverstation = 192350002,
    /// OffBusinessHour.
    OffBusinessHour = 192350003,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The priority of a session (`prioritycode`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum Priority {
    /// Low.
    Low = 0,
    /// Normal.
    Normal = 1,
    /// High.
    High = 2,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The state of a session's activity (`statecode`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum State {
    /// Open.
    #[option(default_status = StatusReason::Open, invariant = "Open")]
    Open = 0,
    /// Completed.
    #[option(default_status = StatusReason::Completed, invariant = "Completed")]
    Completed = 1,
    /// Canceled.
    #[option(default_status = StatusReason::Canceled, invariant = "Canceled")]
    Canceled = 2,
    /// Scheduled.
    #[option(default_status = StatusReason::Scheduled, invariant = "Scheduled")]
    Scheduled = 3,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The reason for the state of a session's activity (`statuscode`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum StatusReason {
    /// Open.
    #[option(state = State::Open)]
    Open = 1,
    /// Completed.
    #[option(state = State::Completed)]
    Completed = 2,
    /// Canceled.
    #[option(state = State::Canceled)]
    Canceled = 3,
    /// Scheduled.
    #[option(state = State::Scheduled)]
    Scheduled = 4,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}
