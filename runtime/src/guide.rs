#![doc = include_str!("../docs/guide/index.md")]

#[doc = include_str!("../docs/guide/getting_started.md")]
pub mod getting_started {}

#[doc = include_str!("../docs/guide/connecting.md")]
pub mod connecting {}
