use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_log", set = "new_logs", read_only)]
struct Log {
    #[attr(logical = "new_logid", primary_id)]
    id: Id<Log>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_note", set = "new_notes", read_only, create = NewNote)]
struct Note {
    #[attr(logical = "new_noteid", primary_id, create_only)]
    id: Id<Note>,
}

fn main() {
    let _ = Log::create();
    let _ = Log::update(Id::<Log>::default());
}
