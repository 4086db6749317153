use dataverse_entity::prelude::*;
use dataverse_entity::tables::{BusinessUnit, OcSession, SessionEvent, Team};

fn assign_of_an_organization_owned_table(unit: Id<BusinessUnit>, team: Id<Team>) {
    let _ = BusinessUnit::assign(unit, team);
}

fn assign_to_what_is_no_principal(event: Id<SessionEvent>, session: Id<OcSession>) {
    let _ = SessionEvent::assign(event, session);
}

fn grant_access_to_a_business_unit(event: Id<SessionEvent>, unit: Id<BusinessUnit>) {
    let _ = SessionEvent::grant_access(event, unit, AccessRights::READ);
}

fn grant_access_to_an_organization_owned_table(unit: Id<BusinessUnit>, team: Id<Team>) {
    let _ = BusinessUnit::grant_access(unit, team, AccessRights::READ);
}

fn modify_access_to_an_organization_owned_table(unit: Id<BusinessUnit>, team: Id<Team>) {
    let _ = BusinessUnit::modify_access(unit, team, AccessRights::READ);
}

fn revoke_access_to_an_organization_owned_table(unit: Id<BusinessUnit>, team: Id<Team>) {
    let _ = BusinessUnit::revoke_access(unit, team);
}

fn principal_access_to_an_organization_owned_table(unit: Id<BusinessUnit>, team: Id<Team>) {
    let _ = BusinessUnit::retrieve_principal_access(unit, team);
}

fn shared_principals_of_an_organization_owned_table(unit: Id<BusinessUnit>) {
    let _ = BusinessUnit::retrieve_shared_principals_and_access(unit);
}

fn main() {}
