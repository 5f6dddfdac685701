// What the facts of checkout_ops.hpp change; called by effects.cpp alone.
#pragma once

#include "sync/effects.hpp"
#include "sync/ops.hpp"

namespace fangxin::sync {

void apply(DerivedRows& rows, const Sale& sale, const Envelope& op);
void apply(DerivedRows& rows, const SaleRefused& refused, const Envelope& op);
void apply(DerivedRows& rows, const BasketHeld& held, const Envelope& op);
void apply(DerivedRows& rows, const BasketResumed& resumed, const Envelope& op);
void apply(DerivedRows& rows, const ShiftOpened& opened, const Envelope& op);
void apply(DerivedRows& rows, const ShiftClosed& closed, const Envelope& op);
void apply(DerivedRows& rows, const DayClosed& closed, const Envelope& op);
void apply(DerivedRows& rows, const PaymentBegun& begun, const Envelope& op);
void apply(DerivedRows& rows, const PaymentEnded& ended, const Envelope& op);
void apply(DerivedRows& rows, const StoredValueAdded& added, const Envelope& op);
void apply(DerivedRows& rows, const BatchMarkedDown& marked, const Envelope& op);

}  // namespace fangxin::sync
