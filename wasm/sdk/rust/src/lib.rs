#![doc = include_str!("../README.md")]

mod answer;
mod engine;
mod event;
mod failure;
mod instance;
mod json;
mod module;
mod options;
mod pool;
mod safe;
mod sale;
#[allow(missing_docs)] // the schemas describe what needs it
mod types;
mod url;

pub use answer::Answer;
pub use engine::Engine;
pub use failure::Error;
pub use json::Json;
pub use options::{Module, Options};
pub use safe::safe;
pub use sale::Sale;
pub use types::*;
