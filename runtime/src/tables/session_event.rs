//! `msdyn_sessionevent`: an event in an Omnichannel session, such as an agent accepting it.
//!
//! It has every fact of Microsoft's table reference. 24 of the 36 attributes are properties of the Web API.
//! The other 12 are names, phonetic names and tables of lookups, which cannot be selected or written. The
//! page has no navigation properties and only one relationship; the others are from the newer edition of the
//! page.

use std::sync::Arc;

use super::{BusinessUnit, OcSession, Principal, SystemUser, Team};
use crate::{DataverseEntity, Id, Lookup, OptionSet, Timestamp};

/// An event in an Omnichannel session.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{EventType, SessionEvent};
///
/// let json = r#"{"msdyn_sessioneventid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff",
///                "msdyn_eventtype":192350003}"#;
/// let event = Record::<SessionEvent>::from_json(json)?;
/// assert_eq!(event.event_type, Some(EventType::AgentAccepted));
/// # Ok::<(), DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    crate = "crate",
    logical = "msdyn_sessionevent",
    set = "msdyn_sessionevents",
    display = "Session event",
    display_collection = "Session events",
    description = "Stores the session events for a session",
    ownership = "user",
    solution = "Omnichannel – Base Solution"
)]
#[non_exhaustive]
pub struct SessionEvent {
    /// Id of the event.
    #[attr(
        logical = "msdyn_sessioneventid",
        schema = "msdyn_sessioneventId",
        display = "Session event",
        description = "Unique identifier for entity instances",
        primary_id,
        required = "system",
        create_only,
        form = false
    )]
    pub id: Id<SessionEvent>,

    /// Name of the event.
    #[attr(
        logical = "msdyn_name",
        display = "Name",
        description = "The name of the custom entity.",
        primary_name,
        string(max_length = 100),
        required = "application"
    )]
    pub name: Option<String>,

    /// Type of the event.
    #[attr(
        logical = "msdyn_eventtype",
        display = "Event Type",
        description = "Type of session event e.g. accept, reject etc",
        picklist
    )]
    pub event_type: Option<EventType>,

    /// Reason of the event.
    #[attr(
        logical = "msdyn_eventreason",
        display = "Event Reason",
        description = "Reason for session event",
        picklist
    )]
    pub event_reason: Option<EventReason>,

    /// Further information about the event.
    #[attr(logical = "msdyn_eventinfo", display = "Event Info", description = "Event information", picklist)]
    pub event_info: Option<EventInfo>,

    /// Time of the event. Apps show only the date, but the value is an instant.
    #[attr(
        logical = "msdyn_eventtime",
        display = "Event Time",
        description = "Date and time of session event",
        datetime(behavior = "user_local", format = "date_only")
    )]
    pub event_time: Option<Timestamp>,

    /// The session to which the event belongs.
    #[attr(
        logical = "msdyn_omnichannelsession",
        display = "Omni Channel Session",
        description = "Unique identifier for the associated session",
        lookup,
        nav = "msdyn_omnichannelsession",
        relationship = "msdyn_ocsession_sessionevent_nested",
        on_delete = "cascade"
    )]
    pub session: Option<Lookup<OcSession>>,

    /// Name of the session, from the annotations of [`session`](Self::session).
    #[attr(
        logical = "msdyn_omnichannelsessionname",
        schema = "msdyn_omnichannelsessionName",
        string(max_length = 200),
        read_only,
        name_of = "msdyn_omnichannelsession",
        form = false
    )]
    pub session_name: Option<Arc<str>>,

    /// State of the event. A new one is always active.
    #[attr(
        logical = "statecode",
        display = "Status",
        description = "Status of the Session event",
        state,
        required = "system",
        update_only
    )]
    pub state: Option<State>,

    /// Reason for the state.
    #[attr(
        logical = "statuscode",
        display = "Status Reason",
        description = "Reason for the status of the Session event",
        status
    )]
    pub status: Option<StatusReason>,

    /// The owner: a user or a team.
    #[attr(
        logical = "ownerid",
        schema = "OwnerId",
        display = "Owner",
        description = "Owner Id",
        owner,
        nav = "ownerid",
        relationship = "owner_msdyn_sessionevent",
        required = "system",
        solution = "Active Solution Solution"
    )]
    pub owner: Option<Lookup<Principal>>,

    /// Name of the owner, from the annotations of [`owner`](Self::owner).
    #[attr(
        logical = "owneridname",
        schema = "OwnerIdName",
        description = "Name of the owner",
        string(max_length = 100),
        required = "system",
        read_only,
        name_of = "ownerid",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub owner_name: Option<Arc<str>>,

    /// Phonetic name of the owner, which the Web API does not have.
    #[attr(
        logical = "owneridyominame",
        schema = "OwnerIdYomiName",
        description = "Yomi name of the owner",
        string(max_length = 100),
        required = "system",
        read_only,
        yomi_name_of = "ownerid",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub owner_yomi_name: Option<Arc<str>>,

    /// Logical name of the owner's table, from the annotations of [`owner`](Self::owner).
    #[attr(
        logical = "owneridtype",
        schema = "OwnerIdType",
        description = "Owner Id Type",
        entity_name,
        required = "system",
        type_of = "ownerid",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub owner_type: Option<Arc<str>>,

    /// The business unit of the owner.
    #[attr(
        logical = "owningbusinessunit",
        schema = "OwningBusinessUnit",
        display = "Owning Business Unit",
        description = "Unique identifier for the business unit that owns the record",
        lookup,
        nav = "owningbusinessunit",
        relationship = "business_unit_msdyn_sessionevent",
        read_only,
        form = false,
        solution = "Active Solution Solution"
    )]
    pub owning_business_unit: Option<Lookup<BusinessUnit>>,

    /// The owner, if it is a user.
    #[attr(
        logical = "owninguser",
        schema = "OwningUser",
        display = "Owning User",
        description = "Unique identifier for the user that owns the record.",
        lookup,
        nav = "owninguser",
        relationship = "user_msdyn_sessionevent",
        read_only,
        form = false,
        solution = "Active Solution Solution"
    )]
    pub owning_user: Option<Lookup<SystemUser>>,

    /// The owner, if it is a team.
    #[attr(
        logical = "owningteam",
        schema = "OwningTeam",
        display = "Owning Team",
        description = "Unique identifier for the team that owns the record.",
        lookup,
        nav = "owningteam",
        relationship = "team_msdyn_sessionevent",
        read_only,
        form = false,
        solution = "Active Solution Solution"
    )]
    pub owning_team: Option<Lookup<Team>>,

    /// Time at which the record was created.
    #[attr(
        logical = "createdon",
        schema = "CreatedOn",
        display = "Created On",
        description = "Date and time when the record was created.",
        datetime(behavior = "user_local", format = "date_and_time"),
        read_only
    )]
    pub created_on: Option<Timestamp>,

    /// The user who created the record.
    #[attr(
        logical = "createdby",
        schema = "CreatedBy",
        display = "Created By",
        description = "Unique identifier of the user who created the record.",
        lookup,
        nav = "createdby",
        relationship = "lk_msdyn_sessionevent_createdby",
        read_only,
        solution = "Active Solution Solution"
    )]
    pub created_by: Option<Lookup<SystemUser>>,

    /// Name of that user, from the annotations of [`created_by`](Self::created_by).
    #[attr(
        logical = "createdbyname",
        schema = "CreatedByName",
        string(max_length = 100),
        read_only,
        name_of = "createdby",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub created_by_name: Option<Arc<str>>,

    /// Phonetic name of that user, which the Web API does not have.
    #[attr(
        logical = "createdbyyominame",
        schema = "CreatedByYomiName",
        string(max_length = 100),
        required = "system",
        read_only,
        yomi_name_of = "createdby",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub created_by_yomi_name: Option<Arc<str>>,

    /// The user who created the record on behalf of another.
    #[attr(
        logical = "createdonbehalfby",
        schema = "CreatedOnBehalfBy",
        display = "Created By (Delegate)",
        description = "Unique identifier of the delegate user who created the record.",
        lookup,
        nav = "createdonbehalfby",
        relationship = "lk_msdyn_sessionevent_createdonbehalfby",
        read_only,
        solution = "Active Solution Solution"
    )]
    pub created_on_behalf_by: Option<Lookup<SystemUser>>,

    /// Name of that user, from the annotations of [`created_on_behalf_by`](Self::created_on_behalf_by).
    #[attr(
        logical = "createdonbehalfbyname",
        schema = "CreatedOnBehalfByName",
        string(max_length = 100),
        read_only,
        name_of = "createdonbehalfby",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub created_on_behalf_by_name: Option<Arc<str>>,

    /// Phonetic name of that user, which the Web API does not have.
    #[attr(
        logical = "createdonbehalfbyyominame",
        schema = "CreatedOnBehalfByYomiName",
        string(max_length = 100),
        required = "system",
        read_only,
        yomi_name_of = "createdonbehalfby",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub created_on_behalf_by_yomi_name: Option<Arc<str>>,

    /// Time of the last change of the record.
    #[attr(
        logical = "modifiedon",
        schema = "ModifiedOn",
        display = "Modified On",
        description = "Date and time when the record was modified.",
        datetime(behavior = "user_local", format = "date_and_time"),
        read_only
    )]
    pub modified_on: Option<Timestamp>,

    /// The user who last changed the record.
    #[attr(
        logical = "modifiedby",
        schema = "ModifiedBy",
        display = "Modified By",
        description = "Unique identifier of the user who modified the record.",
        lookup,
        nav = "modifiedby",
        relationship = "lk_msdyn_sessionevent_modifiedby",
        read_only,
        solution = "Active Solution Solution"
    )]
    pub modified_by: Option<Lookup<SystemUser>>,

    /// Name of that user, from the annotations of [`modified_by`](Self::modified_by).
    #[attr(
        logical = "modifiedbyname",
        schema = "ModifiedByName",
        string(max_length = 100),
        read_only,
        name_of = "modifiedby",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub modified_by_name: Option<Arc<str>>,

    /// Phonetic name of that user, which the Web API does not have.
    #[attr(
        logical = "modifiedbyyominame",
        schema = "ModifiedByYomiName",
        string(max_length = 100),
        required = "system",
        read_only,
        yomi_name_of = "modifiedby",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub modified_by_yomi_name: Option<Arc<str>>,

    /// The user who last changed the record on behalf of another.
    #[attr(
        logical = "modifiedonbehalfby",
        schema = "ModifiedOnBehalfBy",
        display = "Modified By (Delegate)",
        description = "Unique identifier of the delegate user who modified the record.",
        lookup,
        nav = "modifiedonbehalfby",
        relationship = "lk_msdyn_sessionevent_modifiedonbehalfby",
        read_only,
        solution = "Active Solution Solution"
    )]
    pub modified_on_behalf_by: Option<Lookup<SystemUser>>,

    /// Name of that user, from the annotations of [`modified_on_behalf_by`](Self::modified_on_behalf_by).
    #[attr(
        logical = "modifiedonbehalfbyname",
        schema = "ModifiedOnBehalfByName",
        string(max_length = 100),
        read_only,
        name_of = "modifiedonbehalfby",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub modified_on_behalf_by_name: Option<Arc<str>>,

    /// Phonetic name of that user, which the Web API does not have.
    #[attr(
        logical = "modifiedonbehalfbyyominame",
        schema = "ModifiedOnBehalfByYomiName",
        string(max_length = 100),
        required = "system",
        read_only,
        yomi_name_of = "modifiedonbehalfby",
        form = false,
        solution = "Active Solution Solution"
    )]
    pub modified_on_behalf_by_yomi_name: Option<Arc<str>>,

    /// Number of the import that created the record.
    #[attr(
        logical = "importsequencenumber",
        schema = "ImportSequenceNumber",
        display = "Import Sequence Number",
        description = "Sequence number of the import that created this record.",
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
        description = "Date and time that the record was migrated.",
        datetime(behavior = "user_local", format = "date_only"),
        create_only,
        form = false
    )]
    pub overridden_created_on: Option<Timestamp>,

    /// For internal use of the platform.
    #[attr(logical = "timezoneruleversionnumber", schema = "TimeZoneRuleVersionNumber", display = "Time Zone Rule Version Number", description = "For internal use only.", integer(min = -1), form = false)]
    pub time_zone_rule_version_number: Option<i32>,

    /// Time zone at the creation of the record.
    #[attr(logical = "utcconversiontimezonecode", schema = "UTCConversionTimeZoneCode", display = "UTC Conversion Time Zone Code", description = "Time zone code that was in use when the record was created.", integer(min = -1), form = false)]
    pub utc_conversion_time_zone_code: Option<i32>,

    /// Version of the record, which counts its changes.
    #[attr(
        logical = "versionnumber",
        schema = "VersionNumber",
        display = "Version Number",
        description = "Version Number",
        bigint,
        read_only,
        form = false,
        solution = "Active Solution Solution"
    )]
    pub version_number: Option<i64>,
}

/// The type of an event (`msdyn_eventtype`). Newer editions of the table have more options.
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum EventType {
    /// Default.
    Default = 192350000,
    /// QueueAssigned.
    QueueAssigned = 192350001,
    /// AgentAssigned.
    AgentAssigned = 192350002,
    /// AgentAccepted.
    AgentAccepted = 192350003,
    /// AgentInviteRejected.
    AgentInviteRejected = 192350004,
    /// SessionEnd.
    SessionEnd = 192350005,
    /// SessionCreated.
    SessionCreated = 192350006,
    /// AgentInviteTimeout.
    AgentInviteTimeout = 192350007,
    /// Escalated.
    Escalated = 192350008,
    /// ParticipantInvited.
    ParticipantInvited = 192350009,
    /// ParticipantInviteRejected.
    ParticipantInviteRejected = 192350010,
    /// ParticipantInviteAccepted.
    ParticipantInviteAccepted = 192350011,
    /// ParticipantInviteTimeout.
    ParticipantInviteTimeout = 192350012,
    /// ParticipantEnd.
    ParticipantEnd = 192350013,
    /// AgentDisconnected.
    AgentDisconnected = 192350014,
    /// AgentTimeout.
    AgentTimeout = 192350015,
    /// CustomerTimeout.
    CustomerTimeout = 192350016,
    /// CustomerDisconnected.
    CustomerDisconnected = 192350017,
    /// TransferedToAgent.
    TransferedToAgent = 192350018,
    /// TransferedToQueue.
    TransferedToQueue = 192350019,
    /// ParticipantLeft.
    ParticipantLeft = 192350020,
    /// BotTransferSession.
    BotTransferSession = 192350021,
    /// BotEndConversation.
    BotEndConversation = 192350022,
    /// AssignToAgentBySupervisor.
    AssignToAgentBySupervisor = 192350023,
    /// AssignToQueueBySupervisor.
    AssignToQueueBySupervisor = 192350024,
    /// CustomerEndConversation.
    CustomerEndConversation = 192350025,
    /// AgentEndConversation.
    AgentEndConversation = 192350026,
    /// AgentAddedToC2Chat.
    AgentAddedToC2Chat = 192350027,
    /// AgentRemovedFromC2Chat.
    AgentRemovedFromC2Chat = 192350028,
    /// AgentEndConsult.
    AgentEndConsult = 192350029,
    /// SupervisorForceClose.
    SupervisorForceClose = 192350030,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The reason of an event (`msdyn_eventreason`). Older editions of the table have other labels for some of
/// the integers.
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum EventReason {
    /// Default.
    Default = 192350000,
    /// AgentTransfer.
    AgentTransfer = 192350001,
    /// QueueTransfer.
    QueueTransfer = 192350002,
    /// PreChatSurvey.
    PreChatSurvey = 192350003,
    /// PostchatSurvey.
    PostchatSurvey = 192350004,
    /// UserAccept.
    UserAccept = 192350005,
    /// AutoAccept.
    AutoAccept = 192350006,
    /// Closed.
    Closed = 192350007,
    /// AgentInviteRejected.
    AgentInviteRejected = 192350008,
    /// AgentInviteTimeout.
    AgentInviteTimeout = 192350009,
    /// AgentDisconnected.
    AgentDisconnected = 192350010,
    /// AgentTimeout.
    AgentTimeout = 192350011,
    /// AgentTransferred.
    AgentTransferred = 192350012,
    /// CustomerTimeout.
    CustomerTimeout = 192350013,
    /// CustomerDisconnect.
    CustomerDisconnect = 192350014,
    /// SessionTimeout.
    SessionTimeout = 192350015,
    /// Escalated.
    Escalated = 192350016,
    /// Rejected.
    Rejected = 192350017,
    /// TimedOut.
    TimedOut = 192350018,
    /// Accepted.
    Accepted = 192350019,
    /// AutoAccepted.
    AutoAccepted = 192350020,
    /// Disconnect.
    Disconnect = 192350021,
    /// Timeout.
    Timeout = 192350022,
    /// End.
    End = 192350023,
    /// BotTransferSession.
    BotTransferSession = 192350024,
    /// BotEndConversation.
    BotEndConversation = 192350025,
    /// AssignToAgentBySupervisor.
    AssignToAgentBySupervisor = 192350026,
    /// AssignToQueueBySupervisor.
    AssignToQueueBySupervisor = 192350027,
    /// CustomerRejoin.
    CustomerRejoin = 192350028,
    /// CustomerEndConversation.
    CustomerEndConversation = 192350029,
    /// AgentEndConversation.
    AgentEndConversation = 192350030,
    /// SupervisorTransferToAgent.
    SupervisorTransferToAgent = 192350031,
    /// AgentEndConsult.
    AgentEndConsult = 192350032,
    /// ForceClose.
    ForceClose = 192350033,
    /// OverflowQueueTransfer.
    OverflowQueueTransfer = 192350034,
    /// OverflowEndConversation.
    OverflowEndConversation = 192350035,
    /// OverflowAssignToQueue.
    OverflowAssignToQueue = 192350036,
    /// SessionEndAfterWrapUp.
    SessionEndAfterWrapUp = 192350037,
    /// ConversationExpired.
    ConversationExpired = 192350038,
    /// Consult.
    Consult = 192350039,
    /// AgentMonitor.
    AgentMonitor = 192350040,
    /// AgentConversationJoin.
    AgentConversationJoin = 192350041,
    /// Preview.
    Preview = 192350042,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// Further information about an event (`msdyn_eventinfo`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum EventInfo {
    /// Default.
    Default = 192350000,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The state of an event (`statecode`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum State {
    /// Active.
    #[option(default_status = StatusReason::Active, invariant = "Active")]
    Active = 0,
    /// Inactive.
    #[option(default_status = StatusReason::Inactive, invariant = "Inactive")]
    Inactive = 1,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The reason for the state of an event (`statuscode`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum StatusReason {
    /// Active.
    #[option(state = State::Active)]
    Active = 1,
    /// Inactive.
    #[option(state = State::Inactive)]
    Inactive = 2,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}
