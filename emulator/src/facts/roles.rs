//! Roles, shares, and acting for others.

use super::Fact;
use super::fact::{decided, documented, recorded, reported};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "The privilege of a table is named `prv`, the verb and the table's schema name.",
        "security-access-coding, 2021-06-08",
        "service::rights::over_http::privileges_are_named_by_verb_and_table",
    ),
    reported(
        "The privileges of the table `systemuser` are named after `User`: `prvReadUser`.",
        "microsoft/coe-starter-kit#678",
        "service::rights::over_http::privileges_are_named_by_verb_and_table",
    ),
    recorded(
        "`Privileges` is a property of a table's definition, which `$select` names.",
        "$metadata of a real org, in the npm package dataverse-gen 2.0.15",
        "service::rights::over_http::privileges_are_named_by_verb_and_table",
    ),
    decided(
        "A smaller depth for a privilege of a table that the organization owns is refused with 400.",
        "the pages say that there is none, not what happens",
        "service::rights::over_http::a_privilege_of_the_organization_s_tables_has_one_depth",
    ),
    reported(
        "A user without any role is refused with 0x80042f09: `RetrievePrivilegeForUser: The user with id … has not been assigned any roles. They need a role with the prv… privilege.`",
        "microsoft/coe-starter-kit#678 and #9527 for the words; the code is that of the support article on users without a role (-2147209463)",
        "service::rights::roles::a_user_without_a_role_can_do_nothing",
    ),
    documented(
        "The roles of a user's teams are the user's.",
        "security-concepts, 2021-03-11",
        "service::rights::roles::a_user_without_a_role_can_do_nothing",
    ),
    reported(
        "A disabled user is refused with 403, 0x80040225: `The specified user is disabled.`",
        "microsoft/coe-starter-kit#8177",
        "service::rights::roles::a_disabled_user_can_do_nothing",
    ),
    reported(
        "Nobody can act for a disabled user.",
        "seanmcne/Microsoft.Xrm.Data.PowerShell#65; the words are those of the support article on plug-ins that run for a disabled user",
        "service::rights::roles::a_disabled_user_can_do_nothing",
    ),
    reported(
        "A disabled user gets no role.",
        "MscrmTools/XrmToolBox#1099",
        "service::rights::roles::a_disabled_user_can_do_nothing",
    ),
    documented(
        "Roles add up: a user may do what any of the roles allows, as deep as the deepest.",
        "security-concepts, 2021-03-11",
        "service::rights::roles::roles_add_up",
    ),
    decided("Nobody gives a role with privileges that they have not: `RoleService::VerifyCallerPrivileges failed`.", "the words are those that an Access Checker for XrmToolBox reads; no page has them", "service::rights::roles::nobody_gives_a_role_with_more_than_they_have"),
    decided(
        "`AddPrivilegesRole` and `ReplacePrivilegesRole` add no privilege that the caller has not, or has less deep; to a role of the caller's own neither.",
        "no page says it; otherwise whoever may change a role that they have gives themselves everything",
        "service::rights::escalation::nobody_adds_a_privilege_that_they_lack_to_their_role",
    ),
    decided(
        "Who acts for another gives no privilege that either of the two has not.",
        "what is done for another needs the privileges of both; no page speaks of roles",
        "service::rights::escalation::acting_for_an_administrator_gives_no_further_roles",
    ),
    decided(
        "Nobody adds a user to a team whose roles have privileges that they have not.",
        "no page says it; otherwise whoever may change a team of administrators is one",
        "service::rights::escalation::nobody_joins_a_team_with_more_privileges_than_they_have",
    ),
    decided(
        "Nobody gives a role, or joins a team with a role, that reaches a business unit which their own privileges do not reach.",
        "the message of the refusal names a business unit; otherwise a role of another business unit reaches what its giver does not",
        "service::rights::escalation::nobody_gives_a_role_that_reaches_further_than_they_do",
    ),
    decided(
        "`RoleService::VerifyCallerPrivileges failed` has the code 0x80040220.",
        "the source of the words does not have the code",
        "service::rights::roles::nobody_gives_a_role_with_more_than_they_have",
    ),
    decided(
        "Giving a role to a user or a team needs `prvAssignRole`.",
        "the privilege exists; no page of the developer's guide says what it is for",
        "service::rights::roles::giving_a_role_needs_the_privilege_to_assign_roles",
    ),
    decided(
        "Adding a user to a team needs Write on the team, whichever record the request names.",
        "otherwise whoever may change their own record joins any team",
        "service::rights::roles::nobody_joins_a_team_by_their_own_record",
    ),
    documented(
        "The role System Administrator is a role of the organization that allows everything; a role of that name that somebody makes allows nothing by its name.",
        "security-access-coding, 2021-06-08",
        "service::rights::roles::the_name_of_a_role_does_not_make_an_administrator",
    ),
    documented(
        "Who is not the owner needs the right to share a record.",
        "security-roles-privileges of the administrator's guide (power-platform/admin), 2021-12-16",
        "service::rights::sharing::sharing_needs_the_right_to_share",
    ),
    decided(
        "Nobody shares a right to a record that they have not themselves.",
        "the pages do not say it; otherwise the right to share is every right",
        "service::rights::sharing::nobody_shares_a_right_that_they_lack",
    ),
    decided(
        "Nobody raises their own rights by `GrantAccess` or `ModifyAccess`.",
        "the pages do not say it; otherwise the right to share is every right",
        "service::rights::sharing::nobody_raises_their_own_rights",
    ),
    documented(
        "An owner shares a record, and revokes the share.",
        "security-sharing-assigning, 2021-03-11",
        "service::rights::sharing::an_owner_shares_and_revokes_what_the_roles_allow",
    ),
    documented(
        "A record that is shared with a team is shared with its members.",
        "how-record-access-determined of the administrator's guide (power-platform/admin), 2021-10-13",
        "service::rights::sharing::a_share_with_a_team_is_a_share_with_its_members",
    ),
    documented(
        "`RetrievePrincipalAccess` answers the rights that roles, ownership and shares together give.",
        "security-access-coding, 2021-06-08",
        "service::rights::sharing::the_rights_of_a_principal_include_roles_ownership_and_shares",
    ),
    documented(
        "The privilege of a team's role reaches from the business unit of the team.",
        "how-record-access-determined of the administrator's guide (power-platform/admin), 2021-10-13",
        "service::rights::teams::a_team_s_role_reaches_from_the_business_unit_of_the_team",
    ),
    documented(
        "A role that is set to `Team privileges only` gives members the depth User with the team's records alone.",
        "security-roles-privileges of the administrator's guide (power-platform/admin), 2021-12-16",
        "service::rights::teams::a_team_s_role_applies_to_members_own_records_by_default",
    ),
    documented(
        "A new role gives members of a team that has it the depth User with their own records, too.",
        "security-roles-privileges of the administrator's guide (power-platform/admin), 2021-12-16",
        "service::rights::teams::a_team_s_role_applies_to_members_own_records_by_default",
    ),
    documented(
        "Acting for another user needs `prvActOnBehalfOfAnotherUser`, which the role Delegate has.",
        "webapi/impersonate-another-user-web-api, 2022-04-06",
        "service::rights::impersonation::acting_for_others_needs_its_privilege",
    ),
    reported(
        "`CallerObjectId` with one's own id impersonates nobody.",
        "MicrosoftDocs/powerapps-docs#2088",
        "service::rights::impersonation::acting_for_others_needs_its_privilege",
    ),
    documented(
        "Who acts for another may do what both may do.",
        "impersonate-another-user, 2022-03-22",
        "service::rights::impersonation::acting_for_another_needs_the_rights_of_both",
    ),
    reported(
        "The message of a missing privilege names the impersonated user, whichever of the two lacks the privilege.",
        "MicrosoftDocs/dynamics-365-customer-engagement#100",
        "service::rights::impersonation::acting_for_another_needs_the_rights_of_both",
    ),
    decided("A user who acts for another has the smaller depth of a privilege that both have, from the other's business unit.", "the page says that the privileges intersect, not how their depths do", "service::rights::impersonation::acting_for_another_needs_the_rights_of_both"),
    documented(
        "A record that is created for another user has that user in `createdby` and the real one in `createdonbehalfby`.",
        "webapi/impersonate-another-user-web-api, 2022-04-06",
        "service::rights::impersonation::a_record_names_the_user_who_acted_for_another",
    ),
    documented(
        "`roles(…)/roleprivileges_association` lists the privileges of a role.",
        "security-access-coding, 2021-06-08",
        "service::rights::over_http::a_role_is_created_filled_and_assigned_over_http",
    ),
    recorded(
        "`AddPrivilegesRole`, `ReplacePrivilegesRole` and `RemovePrivilegeRole` are actions of a role; a privilege has a `Depth` of Basic, Local, Deep or Global.",
        "$metadata of a real org, in the npm package dataverse-gen 2.0.15",
        "service::rights::over_http::a_role_is_created_filled_and_assigned_over_http",
    ),
    recorded(
        "`RetrieveRolePrivilegesRole`, `RetrieveUserPrivileges` and `RetrieveTeamPrivileges` answer `RolePrivileges` with `Depth`, `PrivilegeId`, `BusinessUnitId` and `PrivilegeName`.",
        "$metadata of a real org, in the npm package dataverse-gen 2.0.15",
        "service::rights::over_http::a_role_is_created_filled_and_assigned_over_http",
    ),
    documented(
        "`RetrieveUserPrivilegeByPrivilegeName` and `RetrieveUserPrivilegeByPrivilegeId` answer a user's privilege, those of teams included.",
        "security-access-coding, 2021-06-08",
        "service::rights::over_http::a_role_is_created_filled_and_assigned_over_http",
    ),
    recorded(
        "Roles and teams are associated by `teamroles_association`, from either side.",
        "$metadata of a real org, in the npm package dataverse-gen 2.0.15",
        "service::rights::over_http::a_team_gets_a_role_from_either_side",
    ),
    decided(
        "Roles, privileges and business units are kept in the database's file.",
        "an org keeps them; so does a file",
        "service::rights::over_http::a_file_keeps_roles",
    ),
    decided(
        "The role Basic User allows everything with one's own records, and Read, Append and AppendTo of what no user owns.",
        "the org's own Basic User depends on its apps; this is what tests need most",
        "service::rights::over_http::the_predefined_roles",
    ),
    documented(
        "A System Administrator may do everything with every record.",
        "security-access-coding, 2021-06-08",
        "service::sharing::an_administrator_who_was_added_may_do_everything",
    ),
    documented(
        "A retrieve, an update and a deletion of a record that the user's roles do not reach are 403.",
        "dataverse-client-errors of the support articles, 2025-04-17",
        "service::sharing::others_see_nothing_and_may_do_nothing",
    ),
    documented(
        "A query for records of which the user may read none answers no records.",
        "security-access-coding, 2021-06-08",
        "service::sharing::others_see_nothing_and_may_do_nothing",
    ),
    documented(
        "`GrantAccess` adds rights; `ModifyAccess` replaces them; `RevokeAccess` takes them all.",
        "security-sharing-assigning, 2021-03-11",
        "service::sharing::a_share_allows_access_until_it_is_revoked",
    ),
    documented(
        "A create with a bind needs AppendTo on the record that is bound.",
        "security-roles-privileges of the administrator's guide (power-platform/admin), 2021-12-16",
        "service::sharing::a_reference_needs_the_right_to_append",
    ),
    documented(
        "`RetrievePrincipalAccess` answers the rights as names with comma and space, in the order of the enumeration `AccessRights` but for creating.",
        "security-access-coding, 2021-06-08",
        "service::sharing::rights_can_be_retrieved",
    ),
    documented(
        "`RetrieveSharedPrincipalsAndAccess` answers the principals with whom a record is shared, with their rights.",
        "security-access-coding, 2021-06-08",
        "service::sharing::rights_can_be_retrieved",
    ),
    documented(
        "What a team owns, its members own.",
        "how-record-access-determined of the administrator's guide (power-platform/admin), 2021-10-13",
        "service::sharing::teams_own_records_and_get_shares",
    ),
    documented(
        "Access that was shared ends with the share of an owner's choice: the former owner of an assigned record has it no longer.",
        "security-sharing-assigning, 2021-03-11",
        "service::sharing::teams_own_records_and_get_shares",
    ),
    decided(
        "An expanded lookup and a filter through it do not tell of a record that is not shared, though the record that refers to it is.",
        "the page on shares says that each record has its own",
        "service::sharing::hidden_records_are_not_found_through_others",
    ),
    documented(
        "`WhoAmI` of an impersonated user answers the impersonated user.",
        "webapi/impersonate-another-user-web-api, 2022-04-06",
        "service::sharing::acting_for_others",
    ),
    documented(
        "`CallerObjectId` names a user by the id in Microsoft Entra, `MSCRMCallerID` by `systemuserid`.",
        "webapi/impersonate-another-user-web-api, 2022-04-06",
        "service::sharing::acting_for_others",
    ),
    decided(
        "A header that names no user is 403, 0x80041d1f.",
        "the code is that of an invalid user in Microsoft's list; no recorded answer has it",
        "service::sharing::acting_for_others",
    ),
    recorded(
        "A role is associated with a user by `systemuserroles_association/$ref`.",
        "$metadata of a real org, in the npm package dataverse-gen 2.0.15",
        "service::sharing::acting_for_others",
    ),
    documented(
        "A role of a business unit below the root reaches from that business unit.",
        "security-roles-privileges of the administrator's guide (power-platform/admin), 2021-12-16",
        "service::rights::teams::a_role_of_a_business_unit_reaches_from_there",
    ),
    decided(
        "A role of the root business unit can be given to users of every business unit, and reaches from theirs.",
        "whether a user gets roles of other business units is a setting of the organization; strict mode refuses it",
        "service::rights::teams::strict_mode_refuses_to_give_a_role_of_another_business_unit",
    ).refused_by_strict(),
    documented(
        "The role System Administrator cannot be edited.",
        "security-access-coding, 2021-06-08",
        "service::rights::roles::the_role_of_administrators_cannot_be_changed",
    ),
    documented(
        "Members have full access to what their team owns, as far as the team's roles allow it.",
        "manage-teams of the administrator's guide (power-platform/admin), 2021-02-17",
        "service::rights::teams::a_team_with_basic_user_shares_its_records_with_its_members",
    ),
];
