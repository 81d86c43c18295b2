//! Providers, bonds, offers and prepaid orders: the interface of `idl.json`, one file per instruction.
//!
//! Every account of this program is created at a program address by this program, so its owner and discriminator prove
//! what it is; what remains to check is that it is the one the other accounts name.
#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

mod amount;
mod bond;
mod event;
mod faults;
mod instructions;
mod operator_pool;
mod order_end;
mod state;

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{account::Accounts, discriminator, entry::split_tag, fault, runtime::log_line};

pinocchio::program_entrypoint!(process);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

macro_rules! dispatch {
    ($tag:expr, $accounts:expr, $args:expr; $($module:ident = $label:literal,)*) => {
        $({
            const TAG: [u8; discriminator::LEN] = discriminator::instruction(stringify!($module));
            if *$tag == TAG {
                log_line(concat!("Instruction: ", $label).as_bytes());
                return instructions::$module::process($accounts, $args);
            }
        })*
    };
}

/// Entry: reads the tag and hands over to the instruction.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let (tag, args) = split_tag(data)?;
    let accounts = Accounts::new(accounts, program_id);
    dispatch! { tag, (program_id, accounts), args;
        create_order = "CreateOrder",
        start_delivery = "StartDelivery",
        confirm_delivery = "ConfirmDelivery",
        refund_order = "RefundOrder",
        list_offer = "ListOffer",
        post_bond = "PostBond",
        register_provider = "RegisterProvider",
        initialize_marketplace = "InitializeMarketplace",
    }
    Err(fault::INSTRUCTION_FALLBACK_NOT_FOUND.raise())
}
