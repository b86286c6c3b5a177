use crate::{Error, ErrorKind, Module, Options};
use sha2::{Digest, Sha256};
use std::time::Duration;
use wasmi::{CompilationMode, Config, CustomFuelCosts, ExternType, FuncType, ValType};

/// What one input may have, in bytes.
pub(crate) const MAX_INPUT: usize = 262_144;

/// The functions that the contract promises. A module may have more.
const EXPORTS: [(&str, &[ValType], &[ValType]); 7] = [
    ("_initialize", &[], &[]),
    ("tillwise_abi", &[], &[ValType::I32]),
    ("tillwise_buffer", &[ValType::I32], &[ValType::I32]),
    ("tillwise_configure", &[ValType::I32], &[ValType::I64]),
    ("tillwise_answer", &[ValType::I32], &[ValType::I64]),
    ("tillwise_decide", &[ValType::I32], &[ValType::I64]),
    ("tillwise_describe", &[], &[ValType::I64]),
];

/// A module that has been checked as far as that goes without running it.
pub(crate) struct Load {
    pub engine: wasmi::Engine,
    pub module: wasmi::Module,
    pub sha256: String,
    pub settings: Option<String>,
    pub deadline: Duration,
}

impl Load {
    pub fn open(options: &Options) -> Result<Self, Error> {
        if options.settings.as_ref().is_some_and(|settings| settings.len() > MAX_INPUT) {
            let what = format!("the settings have more than {MAX_INPUT} bytes: pass policy and texts alone");
            return Err(Error::new(ErrorKind::TooLarge, what));
        }
        let own = own();
        let Module { wasm, sha256 } = options.module.as_ref().unwrap_or(&own);
        let found = sha256_of(wasm);
        if !found.eq_ignore_ascii_case(sha256) {
            return Err(Error::wrong_module(format_args!(
                "its SHA-256 is {found} and {sha256:?} was expected: compare the file with the one that was meant"
            )));
        }
        let engine = wasmi::Engine::new(&config());
        let module = wasmi::Module::new(&engine, wasm)
            .map_err(|e| Error::wrong_module(format_args!("it cannot be loaded: {}", first_line(&e))))?;
        check(&module)?;
        Ok(Self { engine, module, sha256: found, settings: options.settings.clone(), deadline: options.deadline })
    }
}

/// The module inside the crate.
fn own() -> Module {
    Module {
        wasm: include_bytes!("../assets/tillwise.wasm").into(),
        sha256: crate::safe::cards().module_sha256.clone(),
    }
}

/// Functions are checked at the start, and translated when they are first called: a
/// till has its first card sooner. Translating takes no fuel, since a call that runs out of
/// it there could not go on.
fn config() -> Config {
    let mut config = Config::default();
    config.consume_fuel(true).compilation_mode(CompilationMode::LazyTranslation).fuel_cost(CustomFuelCosts {
        bytes_copied_per_fuel: 64,
        fuel_per_bytes_translated: 0,
        fuel_per_bytes_validated: 0,
    });
    config
}

fn check(module: &wasmi::Module) -> Result<(), Error> {
    let imports = module.imports().len();
    if imports > 0 {
        return Err(Error::wrong_module(format_args!(
            "it has {imports} imports, and nothing may be within its reach: use a sealed module"
        )));
    }
    if !matches!(module.get_export("memory"), Some(ExternType::Memory(_))) {
        return Err(Error::wrong_module("it exports no memory"));
    }
    for (name, params, results) in EXPORTS {
        let wanted = FuncType::new(params.iter().copied(), results.iter().copied());
        if !matches!(module.get_export(name), Some(ExternType::Func(have)) if have == wanted) {
            return Err(Error::wrong_module(format_args!("it does not export {name} as the contract has it")));
        }
    }
    Ok(())
}

/// The SHA-256 of a file, in hexadecimal.
fn sha256_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

pub(crate) fn first_line(error: &impl ToString) -> String {
    error.to_string().lines().next().unwrap_or_default().to_string()
}
