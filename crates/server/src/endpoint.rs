//! Knows the parts of an endpoint's way that depend on its types: reading path, query and body, calling the handler, encoding
//! what it answers. They are all that is compiled for each endpoint.

use std::pin::Pin;

use sister_cities_api::{BodyFault, Endpoint, EndpointInfo, FieldError, Parameters as _, RequestBody as _};

use crate::call::{Answer, Call, RequestContext};
use crate::error::ApiResult;
use crate::heavy::Weight;

/// An endpoint with its handler, its types erased.
pub(crate) struct ServedEndpoint {
    /// What it is.
    pub(crate) info: EndpointInfo,
    /// Reads the parameters in the path. Each part of a request is read by what reading the part before it gave back, so the parts
    /// are judged in one order and a handler gets all of them or is not called.
    pub(crate) read_path: ReadPath,
    /// What its work takes.
    pub(crate) weight: Weight,
}

impl ServedEndpoint {
    /// The endpoint, whose work takes that.
    pub(crate) fn weighing(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }
}

/// Parameters as they came, by name.
pub(crate) type Pairs = [(String, String)];
/// Reads the parameters in the path, for each request anew.
pub(crate) type ReadPath = Box<dyn Fn(&Pairs) -> Result<ReadQuery, Vec<FieldError>> + Send + Sync>;
/// Reads the parameters in the query.
pub(crate) type ReadQuery = Box<dyn FnOnce(&Pairs) -> Result<ReadBody, Vec<FieldError>> + Send>;
/// Reads the body, of this media type.
pub(crate) type ReadBody = Box<dyn FnOnce(Option<&str>, Vec<u8>) -> Result<Handle, BodyFault> + Send>;
/// Does what the request asks for.
pub(crate) type Handle =
    Box<dyn FnOnce(RequestContext) -> Pin<Box<dyn Future<Output = Handled> + Send>> + Send>;
/// What came of it.
pub(crate) type Handled = ApiResult<Answer<Encode>>;
/// Encodes a reply, unless it is not needed.
pub(crate) type Encode = Box<dyn FnOnce() -> serde_json::Result<Vec<u8>> + Send>;

/// Pairs an endpoint with its handler. Which endpoint it is, the handler's argument says.
pub(crate) fn serve<E, H, F>(handler: H) -> ServedEndpoint
where
    E: Endpoint,
    H: Fn(Call<E>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = ApiResult<Answer<E::Reply>>> + Send + 'static,
{
    let read_path = move |pairs: &Pairs| {
        let (path, handler) = (E::Path::parse(pairs)?, handler.clone());
        let read_query: ReadQuery = Box::new(move |pairs| {
            let query = E::Query::parse(pairs)?;
            let read_body: ReadBody = Box::new(move |media_type, bytes| {
                let body = E::Body::decode(media_type, bytes)?;
                let handle: Handle = Box::new(move |context| {
                    let answer = handler(Call::new(context, path, query, body));
                    Box::pin(async move { Ok(answer.await?.map(encode)) })
                });
                Ok(handle)
            });
            Ok(read_body)
        });
        Ok(read_query)
    };
    ServedEndpoint { info: EndpointInfo::of::<E>(), read_path: Box::new(read_path), weight: Weight::Light }
}

fn encode<R: serde::Serialize + Send + 'static>(reply: R) -> Encode {
    Box::new(move || serde_json::to_vec(&reply))
}
