use dataverse_entity::tables::{OcSession, SessionEvent, SystemUser};

fn path_through_a_text() {
    let _ = SessionEvent::NAME.to(OcSession::SUBJECT);
}

fn path_through_an_owner() {
    let _ = SessionEvent::OWNER.to(SystemUser::FULL_NAME);
}

fn path_to_another_table() {
    let _ = SessionEvent::SESSION.to(SystemUser::FULL_NAME);
}

fn main() {}
