use prost::Message;
use std::error::Error;

const PROTO: &str = "../../../proto";
const SERVICE: &str = "partialloading/planner/v1/planner_service.proto";

/// Generates the messages and the client from the contract, without protoc.
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={PROTO}");
    let descriptors = protox::compile([SERVICE], [PROTO])?;
    pbjson_build::Builder::new()
        .register_descriptors(&descriptors.encode_to_vec())?
        .build(&[".partialloading"])?;
    tonic_prost_build::configure()
        .build_server(false)
        .compile_well_known_types(true)
        .extern_path(".google.protobuf", "::pbjson_types")
        .compile_fds(descriptors)?;
    Ok(())
}
