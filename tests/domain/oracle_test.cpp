// What independent libraries read in valid codes, we read too: tests/captures/codes.
#include "domain/code.hpp"
#include "tests/support/printed_code.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace fangxin::tests {

namespace {

/// A code, what each AI holds, and under `@…` what it means.
struct Said {
    std::string raw;
    std::map<std::string, std::string> fields;
};

std::string with_gs(std::string text) {
    const std::string sign = "␝";
    for (auto at = text.find(sign); at != text.npos; at = text.find(sign)) {
        text.replace(at, sign.size(), "\x1d");
    }
    return text;
}

std::vector<Said> said_in(const std::string& name) {
    std::ifstream file(std::string(FANGXIN_SOURCE_DIR) + "/tests/captures/codes/" + name);
    std::vector<Said> all;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        Said said;
        for (std::size_t at = 0; at < line.size();) {
            std::size_t end = std::min(line.find('\t', at), line.size());
            std::string field = line.substr(at, end - at);
            if (at == 0) {
                said.raw = with_gs(field);
            } else {
                std::size_t equals = field.find('=');
                said.fields[field.substr(0, equals)] = field.substr(equals + 1);
            }
            at = end + 1;
        }
        all.push_back(std::move(said));
    }
    return all;
}

std::string date_of(const std::optional<domain::DayMinute>& when) {
    return when ? domain::format_date(when->date) : "";
}

/// What we say of the same, of those meanings that the library speaks of.
std::map<std::string, std::string> fields_of(const domain::ScannedCode& code, const Said& said) {
    std::map<std::string, std::string> fields;
    for (const auto& [ai, value] : code.ais)
        fields[ai] = value;
    const std::map<std::string, std::string> meanings{
        {"@expiry", date_of(code.expiry)},
        {"@production", date_of(code.production)},
        {"@best_before", date_of(code.best_before)},
        {"@weight_mg", code.weight_mg ? fmt::format("{}", *code.weight_mg) : ""}};
    for (const auto& [name, value] : meanings) {
        if (said.fields.contains(name)) fields[name] = value;
    }
    // The earlier of a day and an AI with its minute counts; the library looks at the day alone.
    if (fields.contains("7003")) fields.erase("@expiry");
    if (fields.contains("8008")) fields.erase("@production");
    return fields;
}

void expect_agreement(const std::string& name, std::string_view kind, std::size_t least) {
    auto all = said_in(name);
    EXPECT_GE(all.size(), least);
    for (const Said& said : all) {
        auto code = domain::parse_code(said.raw, selling());
        EXPECT_EQ(domain::to_text(code.kind), kind) << said.raw;
        EXPECT_EQ(code.error, std::nullopt) << said.raw;
        auto theirs = said.fields;
        if (theirs.contains("7003")) theirs.erase("@expiry");
        if (theirs.contains("8008")) theirs.erase("@production");
        EXPECT_EQ(fields_of(code, said), theirs) << said.raw;
    }
}

}  // namespace

// SALE-1
TEST(CodeOracle, ElementStringsAreReadAsByGs1BarcodeParserMod) {
    expect_agreement("element_strings.txt", "gs1", 500);
}

// SALE-1
TEST(CodeOracle, DigitalLinksAreReadAsByDigitalLinkJs) {
    expect_agreement("digital_links.txt", "digital_link", 200);
}

}  // namespace fangxin::tests
