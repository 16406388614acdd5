//! How people and programs are told, from what the command line says.

use secrecy::SecretString;
use sister_cities_server::email::{Login, Mailbox, SmtpConfig};
use sister_cities_server::local::Local;
use sister_cities_server::outbound::OutboundPolicy;
use sister_cities_server::{Worker, WorkerConfig};

use crate::args::MessageArgs;
use crate::failure::{Exit, Failure};
use crate::target::read_secret;

/// A worker that is set up so.
pub(super) fn worker(local: &Local, args: MessageArgs) -> Result<Worker, Failure> {
    local.worker(&config(args)?).map_err(|error| Failure::caused(Exit::Usage, &error))
}

fn config(args: MessageArgs) -> Result<WorkerConfig, Failure> {
    let outbound = receivers(&args);
    let MessageArgs {
        public_url,
        smtp,
        mail_from,
        mail_from_name,
        smtp_user,
        smtp_password_file,
        smtp_authority_file,
        webhook_network: _,
        webhook_http: _,
        messages,
    } = args;
    let mut config = WorkerConfig::new(public_url).with_outbound(outbound);
    if let Some((server, address)) = smtp.zip(mail_from) {
        let mut smtp = SmtpConfig::new(server, Mailbox { address, name: mail_from_name });
        if let Some((user, file)) = smtp_user.zip(smtp_password_file) {
            let password = read_secret("password of the mail server", &file)?;
            let password = SecretString::from(password.trim_end_matches(['\r', '\n']).to_owned());
            smtp.login = Some(Login { user, password });
        }
        if let Some(file) = smtp_authority_file {
            smtp.authorities.push(read_secret("certificate of the authority", &file)?.into_bytes());
        }
        config = config.with_smtp(smtp);
    }
    Ok(match messages {
        Some(folder) => config.with_messages(folder),
        None => config,
    })
}

/// Where webhooks may lead.
pub(super) fn receivers(args: &MessageArgs) -> OutboundPolicy {
    let networks = args.webhook_network.iter().copied();
    let policy = networks.fold(OutboundPolicy::default(), OutboundPolicy::with_network);
    if args.webhook_http { policy.with_http() } else { policy }
}
