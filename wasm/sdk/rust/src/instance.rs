use crate::module::{Load, first_line};
use crate::{Error, ErrorKind};
use std::time::Instant;
use wasmi::{Memory, Store, StoreLimits, StoreLimitsBuilder, TypedFunc, TypedResumableCall, WasmParams, WasmResults};

/// 256 pages of 64 KiB: half as much again as the module was seen to take.
const MAX_MEMORY: usize = 256 << 16;

/// How much fuel a call gets before the clock is looked at again: some
/// milliseconds, and several times what an ordinary answer takes.
const SLICE: u64 = 50_000_000;

/// Which ABI this crate speaks.
const ABI: i32 = 1;

/// A function that takes an input and gives an answer.
#[derive(Clone, Copy)]
pub(crate) enum Face {
    Configure,
    Answer,
    Decide,
    Describe,
}

impl Face {
    pub fn name(self) -> &'static str {
        match self {
            Face::Configure => "tillwise_configure",
            Face::Answer => "tillwise_answer",
            Face::Decide => "tillwise_decide",
            Face::Describe => "tillwise_describe",
        }
    }
}

/// Where an answer lies in the module's memory until the next call.
pub(crate) struct Place {
    face: Face,
    at: usize,
    size: usize,
}

/// One running copy of the module, for one call at a time. After any error its
/// memory is not to be trusted, even where it still answers: it is dropped.
pub(crate) struct Instance {
    store: Store<StoreLimits>,
    memory: Memory,
    buffer: TypedFunc<i32, i32>,
    faces: [TypedFunc<i32, i64>; 3],
    describe: TypedFunc<(), i64>,
    pub calls: u32,
}

impl Instance {
    /// Starts the module, and gives it its settings.
    pub fn start(load: &Load, until: Instant) -> Result<Self, Error> {
        let limits = StoreLimitsBuilder::new().memory_size(MAX_MEMORY).memories(1).table_elements(1 << 16).build();
        let mut store = Store::new(&load.engine, limits);
        store.limiter(|limits| limits);
        let starting = |e: wasmi::Error| Error::failed("starting the module", first_line(&e));
        fuel(&mut store, SLICE);
        let instance =
            wasmi::Linker::new(&load.engine).instantiate_and_start(&mut store, &load.module).map_err(starting)?;
        let face = |name: &str| instance.get_typed_func::<i32, i64>(&store, name).map_err(starting);
        let mut this = Self {
            memory: instance.get_memory(&store, "memory").ok_or_else(|| Error::wrong_module("it exports no memory"))?,
            buffer: instance.get_typed_func(&store, "tillwise_buffer").map_err(starting)?,
            faces: [face("tillwise_configure")?, face("tillwise_answer")?, face("tillwise_decide")?],
            describe: instance.get_typed_func(&store, "tillwise_describe").map_err(starting)?,
            store,
            calls: 0,
        };
        let initialize = instance.get_typed_func::<(), ()>(&this.store, "_initialize").map_err(starting)?;
        let abi = instance.get_typed_func::<(), i32>(&this.store, "tillwise_abi").map_err(starting)?;
        this.run("_initialize", initialize, (), until)?;
        let abi = this.run("tillwise_abi", abi, (), until)?;
        if abi != ABI {
            return Err(Error::wrong_module(format_args!(
                "it has ABI {abi}, and this program speaks ABI {ABI}: use a module and a program that belong together"
            )));
        }
        if let Some(settings) = &load.settings {
            let place = this.call(Face::Configure, settings.as_bytes(), until)?;
            crate::answer::refusal(&this.read(&place)?)?;
        }
        Ok(this)
    }

    /// Writes an input, and runs a face on it.
    pub fn call(&mut self, face: Face, input: &[u8], until: Instant) -> Result<Place, Error> {
        self.calls += 1;
        let size = self.put(input, until)?;
        self.ask(face, size, until)
    }

    /// Writes an input, and gives its size.
    pub fn put(&mut self, input: &[u8], until: Instant) -> Result<i32, Error> {
        let doing = "tillwise_buffer";
        let no_place = || Error::failed(doing, "it gave no place for the input");
        let size = i32::try_from(input.len()).map_err(|_| no_place())?;
        if size > 0 {
            let at = self.run(doing, self.buffer, size, until)? as u32;
            if at == 0 || self.memory.write(&mut self.store, at as usize, input).is_err() {
                return Err(no_place());
            }
        }
        Ok(size)
    }

    /// Runs a face on the input that was written.
    pub fn ask(&mut self, face: Face, size: i32, until: Instant) -> Result<Place, Error> {
        let packed = match face {
            Face::Describe => self.run(face.name(), self.describe, (), until)?,
            _ => self.run(face.name(), self.faces[face as usize], size, until)?,
        } as u64;
        Ok(Place { face, at: (packed >> 32) as usize, size: (packed & 0xffff_ffff) as usize })
    }

    /// Copies an answer out.
    pub fn read(&self, place: &Place) -> Result<String, Error> {
        let fails = |what: &str| Error::failed(place.face.name(), what);
        let view = self.memory.data(&self.store).get(place.at..).and_then(|rest| rest.get(..place.size));
        let view = view.ok_or_else(|| fails("the answer lies outside of the module's memory"))?;
        let text = std::str::from_utf8(view).map_err(|_| fails("the answer is no UTF-8"))?;
        serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|_| fails("the answer is no JSON"))?;
        Ok(text.to_string())
    }

    /// Runs a function in slices, so that none runs on after its time.
    fn run<P: WasmParams, R: WasmResults>(
        &mut self,
        doing: &str,
        function: TypedFunc<P, R>,
        params: P,
        until: Instant,
    ) -> Result<R, Error> {
        fuel(&mut self.store, SLICE);
        let mut call = function.call_resumable(&mut self.store, params);
        loop {
            match call.map_err(|e| Error::failed(doing, first_line(&e)))? {
                TypedResumableCall::Finished(result) => return Ok(result),
                TypedResumableCall::HostTrap(_) => return Err(Error::failed(doing, "it called the host")),
                TypedResumableCall::OutOfFuel(_) if Instant::now() >= until => {
                    return Err(Error::new(ErrorKind::Deadline, format!("{doing} took too long")));
                }
                TypedResumableCall::OutOfFuel(rest) => {
                    fuel(&mut self.store, rest.required_fuel().max(SLICE));
                    call = rest.resume(&mut self.store);
                }
            }
        }
    }
}

fn fuel(store: &mut Store<StoreLimits>, amount: u64) {
    store.set_fuel(amount).expect("the engine was asked to count fuel");
}
