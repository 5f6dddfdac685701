// What each terminal is and has (FAULT-2): its programs, its devices and how they fare, and every
// change of it with both values. Pure; any thread.
#pragma once

#include "terminal/admin/equipment_words.hpp"

#include <string>
#include <vector>

namespace fangxin::admin {

struct DeviceFact {
    std::string device;  ///< `scale`, `scanner-2`
    std::string driver;
    std::string address;
    std::string identity;
    std::string state;  ///< `found` `lost` `warned` `unknown` `removed`
    std::string reason;
    domain::StoreTime since;
};

struct SetupFact {
    std::string id;
    std::string name;  ///< as people call it
    bool is_this = false;
    std::string role;
    std::string program;
    std::string system;
    std::string weighing;  ///< seal of the legal library; empty: no scale
    std::string configuration;
    domain::StoreTime told_at;
    std::vector<DeviceFact> devices;
    std::vector<ChangeFact> changes;  ///< of the chosen one
};

struct DevicesFacts {
    std::vector<SetupFact> terminals;
    domain::StoreTime now;
};

/// A device of it is lost.
bool has_lost_device(const SetupFact& fact);

ListPageView present_devices(const ListState& state, const DevicesFacts& facts,
                             const kit::TextTable& texts);

}  // namespace fangxin::admin
