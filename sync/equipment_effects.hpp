// What the facts of equipment_ops.hpp change; called by effects.cpp alone.
#pragma once

#include "sync/effects.hpp"
#include "sync/ops.hpp"

namespace fangxin::sync {

void apply(DerivedRows& rows, const InstrumentSet& set, const Envelope& op);
void apply(DerivedRows& rows, const ScaleBound& bound, const Envelope& op);
void apply(DerivedRows& rows, const ScaleChecked& checked, const Envelope& op);
void apply(DerivedRows& rows, const SettingSet& set, const Envelope& op);
void apply(DerivedRows& rows, const TerminalTold& told, const Envelope& op);
void apply(DerivedRows& rows, const DeviceEvent& event, const Envelope& op);
void apply(DerivedRows& rows, const FaultRaised& raised, const Envelope& op);
void apply(DerivedRows& rows, const FaultTaken& taken, const Envelope& op);
void apply(DerivedRows& rows, const FaultPassed& passed, const Envelope& op);
void apply(DerivedRows& rows, const FaultFixed& fixed, const Envelope& op);

}  // namespace fangxin::sync
