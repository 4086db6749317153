//! No input makes a derive panic: it answers with code or errors. The inputs are structs and enums that use
//! every key, changed at random positions.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::DeriveInput;

const INPUTS: [&str; 6] = [
    r##"#[entity(logical = "new_thing", set = "new_things", schema = "New", ownership = "user", activity, crate = "::a::b",
            key(name = "k", columns(new_name, new_number)), create = NewThing, update = "ThingChange",
            relationship(many_to_one, schema = "s", column = "new_a", table = "t", key = "tid", nav = "n", on_delete = "cascade"))]
        pub struct Thing {
            #[attr(logical = "new_thingid", primary_id, create_only)] pub id: Id<Self>,
            #[attr(logical = "new_name", primary_name, string(max_length = 100, format = "email"), required = "application")]
            name: Option<String>,
            #[attr(logical = "new_number", integer(min = -1, max = 2147483647, format = "none"), form = false)] r#type: i32,
            #[attr(logical = "new_d", double(min = -0.5, max = 1e3, precision = 5))] d: Option<f64>,
            #[attr(logical = "new_m", money(precision = 2), read_only)] m: Option<Decimal>,
            #[attr(logical = "new_t", datetime(behavior = "user_local", format = "date_only"))] t: Option<Timestamp>,
            #[attr(logical = "new_a", lookup, nav(A = "a", B = "b"))] a: Option<Lookup<Poly>>,
            #[attr(logical = "new_aname", string, name_of = "new_a", read_only)] a_name: Option<String>,
            #[attr(logical = "ownerid", owner, nav = "ownerid", relationship = "r", on_delete = "restrict")] o: Option<Lookup<P>>,
            #[attr(logical = "statecode", state, update_only)] state: Option<State>,
            #[attr(logical = "statuscode", status)] status: Option<Status>,
            #[attr(logical = "new_x", virtual)] x: NoProperty,
            #[expand(nav = "n")] more: Option<Box<Other>>,
        }"##,
    r##"#[entity(of = Thing)] struct Brief<'a, S, const N: usize> where S: Clone {
            #[attr(logical = "new_name", string)] name: Option<Cow<'a, str>>,
            #[attr(logical = "new_a")] a: Option<S>,
            #[expand(nav = "n")] more: Vec<S>,
        }"##,
    r##"#[repr(i32)] enum State {
            #[option(label = "On", default_status = Status::On, invariant = "On")] On = 0,
            #[option(default_status = 2)] Off = -1,
            #[option(unknown)] Unknown(i32),
        }"##,
    r##"#[repr(i32)] #[option(crate = "crate::x")] enum Status { #[option(state = a::State::On)] On = 1, Off = 2_147_483_647 }"##,
    r##"#[target(crate = "::x")] enum Poly { A(Id<A>), B(Id<B>), #[target(unknown)] Other(UnknownTarget) }"##,
    r##"#[row(crate = "::x")] struct Totals {
            #[row(alias = "c.fullname", formatted)] name: Option<String>,
            total: Option<Decimal>,
            #[row(skip)] seen: bool,
        }"##,
];

/// A small generator of random numbers, the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

fn flat(tokens: TokenStream, into: &mut Vec<TokenTree>) {
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            flat(group.stream(), into);
        }
        into.push(token);
    }
}

/// Returns the tokens with about one change: a token removed, doubled, or replaced by another of the input.
fn mutate(tokens: TokenStream, pool: &[TokenTree], odds: usize, numbers: &mut Numbers) -> TokenStream {
    let mut changed = Vec::new();
    for token in tokens {
        let token = match token {
            TokenTree::Group(group) => {
                let inner = mutate(group.stream(), pool, odds, numbers);
                let delimiter =
                    if numbers.below(odds * 8) == 0 { Delimiter::None } else { group.delimiter() };
                TokenTree::Group(Group::new(delimiter, inner))
            }
            other => other,
        };
        match numbers.below(odds * 3) {
            0 => {}
            1 => changed.extend([token.clone(), token]),
            2 => changed.push(pool[numbers.below(pool.len())].clone()),
            _ => changed.push(token),
        }
    }
    changed.into_iter().collect()
}

#[test]
fn no_input_makes_a_derive_panic() {
    let mut pool = Vec::new();
    for input in INPUTS {
        flat(input.parse().unwrap(), &mut pool);
    }
    let mut numbers = Numbers(7);
    let (mut parsed, mut refused) = (0, 0);
    for round in 0..3_000 {
        let input: TokenStream = INPUTS[round % INPUTS.len()].parse().unwrap();
        let odds = 20 + numbers.below(60);
        let Ok(input) = syn::parse2::<DeriveInput>(mutate(input, &pool, odds, &mut numbers)) else {
            continue;
        };
        parsed += 1;
        for derive in [
            crate::entity::derive,
            crate::option_set::derive,
            crate::lookup_target::derive,
            crate::row::derive,
        ] {
            let output = derive(&input);
            // The output is code: items, and errors among them.
            let file =
                syn::parse2::<syn::File>(output.clone()).unwrap_or_else(|error| panic!("{error}\n{output}"));
            refused += usize::from(output.to_string().contains("compile_error"));
            drop(file);
        }
    }
    assert!(parsed > 500 && refused > 500, "{parsed} inputs were understood, {refused} answers were errors");
}
