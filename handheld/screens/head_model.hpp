// The head of every page of the handheld: where one is, the way back, the server, the time, and the
// gravest thing that everybody has to know. Pure; any thread.
#pragma once

#include "domain/people.hpp"
#include "terminal/station/screens/station_notice.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::handheld {

struct HeadFacts {
    std::string person;
    domain::Role role = domain::Role::receiver;
    bool connected = false;
    std::int64_t unsent = 0;
    std::optional<std::int64_t> block_age_ms;  ///< rules 4; 0 while connected
    std::string not_let_in;                    ///< why the server does not, in words
    bool plain = false;                        ///< without TLS, for tests alone
    bool conflict = false;                     ///< the server does not take this terminal's log
    bool set_aside = false;                    ///< its damaged data were set aside when it started
    bool clock_banner = false;                 ///< the time comes from the journal (rules 3)
    bool test_shop = false;
    domain::StoreTime now;
};

struct HeadView {
    std::string title;
    bool can_go_back = true;
    std::string server;
    kit::Role server_role = kit::Role::ok;
    std::string test_shop;  ///< the mark of one, whatever the notice says; else empty
    std::string clock;
    std::optional<terminal::StationNotice> notice;
};

HeadView present_head(std::string title, const HeadFacts& facts, const kit::TextTable& texts);

}  // namespace fangxin::handheld
