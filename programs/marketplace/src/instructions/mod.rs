//! One file per instruction. Each loads its accounts in declared order, checks, acts, stores, and emits its event.

pub mod confirm_delivery;
pub mod create_order;
pub mod initialize_marketplace;
pub mod list_offer;
pub mod post_bond;
pub mod refund_order;
pub mod register_provider;
pub mod start_delivery;

use pinocchio::Address;
use plumbline_shared::account::Accounts;

/// What an instruction is called with: the program's own address, and the accounts.
pub type Context<'a> = (&'a Address, Accounts<'a>);
