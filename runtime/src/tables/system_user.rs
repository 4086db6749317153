//! `systemuser`: users, who own, create and change records.
//!
//! It has the columns that integrations need most, with the facts of Microsoft's table reference; the table
//! has more.

use super::BusinessUnit;
use crate::{DataverseEntity, Id, Lookup, OptionSet, Timestamp, Uuid};

/// A user: a person, or an application, with access to the organization.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SystemUser;
///
/// let filter = SystemUser::IS_DISABLED.eq(false);
/// assert_eq!(filter.to_odata()?, "isdisabled eq false");
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    crate = "crate",
    logical = "systemuser",
    set = "systemusers",
    schema = "SystemUser",
    collection_schema = "SystemUsers",
    display = "User",
    display_collection = "Users",
    ownership = "business"
)]
#[non_exhaustive]
pub struct SystemUser {
    /// Id of the user.
    #[attr(
        logical = "systemuserid",
        schema = "SystemUserId",
        display = "User",
        primary_id,
        required = "system",
        create_only,
        form = false
    )]
    pub id: Id<SystemUser>,

    /// The full name, composed of the others.
    #[attr(
        logical = "fullname",
        schema = "FullName",
        display = "Full Name",
        primary_name,
        string(max_length = 200),
        read_only
    )]
    pub full_name: Option<String>,

    /// The phonetic full name.
    #[attr(
        logical = "yomifullname",
        schema = "YomiFullName",
        display = "Yomi Full Name",
        string(max_length = 200, format = "phonetic_guide"),
        read_only
    )]
    pub yomi_full_name: Option<String>,

    /// The first name.
    #[attr(
        logical = "firstname",
        schema = "FirstName",
        display = "First Name",
        string(max_length = 256),
        required = "application"
    )]
    pub first_name: Option<String>,

    /// The last name.
    #[attr(
        logical = "lastname",
        schema = "LastName",
        display = "Last Name",
        string(max_length = 256),
        required = "application"
    )]
    pub last_name: Option<String>,

    /// The middle name.
    #[attr(logical = "middlename", schema = "MiddleName", display = "Middle Name", string(max_length = 50))]
    pub middle_name: Option<String>,

    /// The nickname.
    #[attr(logical = "nickname", schema = "NickName", display = "Nickname", string(max_length = 50))]
    pub nickname: Option<String>,

    /// The primary mail address.
    #[attr(
        logical = "internalemailaddress",
        schema = "InternalEMailAddress",
        display = "Primary Email",
        string(max_length = 100, format = "email"),
        required = "system"
    )]
    pub email: Option<String>,

    /// The sign-in name.
    #[attr(
        logical = "domainname",
        schema = "DomainName",
        display = "User Name",
        string(max_length = 1024),
        required = "system"
    )]
    pub domain_name: Option<String>,

    /// The object id in Microsoft Entra ID, for impersonation with `CallerObjectId`.
    #[attr(
        logical = "azureactivedirectoryobjectid",
        schema = "AzureActiveDirectoryObjectId",
        display = "Azure AD Object ID",
        uniqueidentifier
    )]
    pub entra_object_id: Option<Uuid>,

    /// The application's id, if the user is an application.
    #[attr(
        logical = "applicationid",
        schema = "ApplicationId",
        display = "Application ID",
        uniqueidentifier
    )]
    pub application_id: Option<Uuid>,

    /// Whether the user is disabled. A new one is not.
    #[attr(
        logical = "isdisabled",
        schema = "IsDisabled",
        display = "Status",
        boolean(true_label = "Disabled", false_label = "Enabled"),
        update_only
    )]
    pub is_disabled: Option<bool>,

    /// The title.
    #[attr(logical = "title", schema = "Title", display = "Title", string(max_length = 128))]
    pub title: Option<String>,

    /// The job title.
    #[attr(logical = "jobtitle", schema = "JobTitle", display = "Job Title", string(max_length = 100))]
    pub job_title: Option<String>,

    /// The mobile phone number.
    #[attr(
        logical = "mobilephone",
        schema = "MobilePhone",
        display = "Mobile Phone",
        string(max_length = 64, format = "phone")
    )]
    pub mobile_phone: Option<String>,

    /// The private phone number.
    #[attr(
        logical = "homephone",
        schema = "HomePhone",
        display = "Home Phone",
        string(max_length = 50, format = "phone")
    )]
    pub home_phone: Option<String>,

    /// The main phone number.
    #[attr(
        logical = "address1_telephone1",
        schema = "Address1_Telephone1",
        display = "Main Phone",
        string(max_length = 64, format = "phone")
    )]
    pub main_phone: Option<String>,

    /// The business unit to which the user belongs.
    #[attr(
        logical = "businessunitid",
        schema = "BusinessUnitId",
        display = "Business Unit",
        lookup,
        nav = "businessunitid",
        relationship = "business_unit_system_users",
        on_delete = "restrict",
        required = "system"
    )]
    pub business_unit: Option<Lookup<BusinessUnit>>,

    /// The user's manager.
    #[attr(
        logical = "parentsystemuserid",
        schema = "ParentSystemUserId",
        display = "Manager",
        lookup,
        nav = "parentsystemuserid",
        relationship = "user_parent_user",
        hierarchical
    )]
    pub manager: Option<Lookup<SystemUser>>,

    /// The user's kind of access.
    #[attr(
        logical = "accessmode",
        schema = "AccessMode",
        display = "Access Mode",
        picklist,
        required = "system"
    )]
    pub access_mode: Option<AccessMode>,

    /// Whether the user has a licence.
    #[attr(
        logical = "islicensed",
        schema = "IsLicensed",
        display = "User Licensed",
        boolean,
        required = "system"
    )]
    pub is_licensed: Option<bool>,

    /// Whether the user is synchronized with the directory.
    #[attr(
        logical = "issyncwithdirectory",
        schema = "IsSyncWithDirectory",
        display = "User Synced",
        boolean,
        required = "system",
        form = false
    )]
    pub is_synced_with_directory: Option<bool>,

    /// The employee number.
    #[attr(logical = "employeeid", schema = "EmployeeId", display = "Employee", string(max_length = 100))]
    pub employee_id: Option<String>,

    /// The Microsoft account.
    #[attr(
        logical = "windowsliveid",
        schema = "WindowsLiveID",
        display = "Windows Live ID",
        string(max_length = 1024, format = "email")
    )]
    pub windows_live_id: Option<String>,

    /// Time at which the record was created.
    #[attr(
        logical = "createdon",
        schema = "CreatedOn",
        display = "Created On",
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
        nav = "createdby",
        relationship = "lk_systemuserbase_createdby",
        read_only
    )]
    pub created_by: Option<Lookup<SystemUser>>,

    /// Time of the last change of the record.
    #[attr(
        logical = "modifiedon",
        schema = "ModifiedOn",
        display = "Modified On",
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
        nav = "modifiedby",
        relationship = "lk_systemuserbase_modifiedby",
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
        display = "Version number",
        bigint,
        read_only,
        form = false
    )]
    pub version_number: Option<i64>,
}

/// A user's kind of access (`accessmode`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum AccessMode {
    /// Read-Write.
    #[option(label = "Read-Write")]
    ReadWrite = 0,
    /// Administrative.
    Administrative = 1,
    /// Read.
    Read = 2,
    /// Support User.
    #[option(label = "Support User")]
    SupportUser = 3,
    /// Non-interactive.
    #[option(label = "Non-interactive")]
    NonInteractive = 4,
    /// Delegated Admin.
    #[option(label = "Delegated Admin")]
    DelegatedAdmin = 5,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}
