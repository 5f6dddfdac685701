// A terminal with a small shop in its database and nobody else: milk in two lots, noodles, bananas,
// spirits; a cashier, a receiver, an inspector, a manager. Tests only.
#pragma once

#include "domain/check.hpp"
#include "sync/pin.hpp"
#include "sync/store/row_table.hpp"
#include "terminal/checkout/checkout.hpp"
#include "terminal/station/station.hpp"
#include "tests/support/temp_dir.hpp"

#include <memory>
#include <string>

namespace fangxin::tests {

inline constexpr const char* milk_code = "6901234567892";
inline constexpr const char* noodles_code = "6921168509256";
inline constexpr const char* pin = "408213";

inline const std::string& one_verifier() {
    static const std::string verifier = sync::make_verifier(pin);
    return verifier;
}

/// A checkout scale of the register with a certificate: `checkout_scale/HC-15/S1`.
inline domain::Instrument shop_scale(domain::Date until) {
    return {.kind = "checkout_scale",
            .model = "HC-15",
            .serial = "S1",
            .accuracy_class = "III",
            .max_mg = 15'000'000,
            .min_mg = 100'000,
            .e_mg = 5'000,
            .certificate = "C-1",
            .until = until};
}

inline std::string gtin14(const std::string& code) {
    return std::string(14 - code.size(), '0') + code;
}

class CheckoutShop {
  public:
    explicit CheckoutShop(std::string role = "till") : role_(std::move(role)) {
        fill();
        start();
    }

    /// As a power cut and a start: nothing of the program's memory is left.
    void restart() {
        station_.reset();
        start();
    }

    /// Leaves the database to a program that opens it for itself.
    terminal::StationOptions leave() {
        station_.reset();
        return options();
    }

    terminal::Station& station() { return *station_; }
    domain::Date today() { return station_->now().date(); }

    /// A row as the server would send it.
    template <class R>
    void put(const R& row) {
        auto done = station_->store().run(sync::Priority::bulk, [&](sync::Database& database) {
            return database.transaction([&]() -> Result<void> {
                sync::put_row(database, row, 1);
                return {};
            });
        });
        FANGXIN_CHECK(done.has_value());
    }

    domain::Batch batch(const std::string& item, const std::string& lot, int made_days_ago,
                        int lives_days) {
        domain::DayMinute made{today() - std::chrono::days(made_days_ago), {}};
        return {.id = item + "/" + lot,
                .item = item,
                .lot = lot,
                .production = made,
                .expiry = domain::DayMinute{made.date + std::chrono::days(lives_days), {}},
                .decision = domain::Decision::released};
    }

    domain::Block recall_of(const std::string& item, const std::string& lot) {
        return {.id = "R-1",
                .kind = domain::BlockKind::recall,
                .item = item,
                .lot = lot,
                .level = domain::RecallLevel::I,
                .reason = "test"};
    }

    /// What a till says of milk of this lot: `block quarantined`.
    std::string verdict(const std::string& lot) {
        sync::JudgeRequest request{.item = "milk", .now = station_->now()};
        request.evidence.identity.lot = lot;
        auto verdict = station_->shop().judge(request);
        std::string text(domain::to_text(verdict->kind));
        for (domain::Reason reason : verdict->reasons)
            text += " " + std::string(domain::to_text(reason));
        return text;
    }

    std::int64_t count(const std::string& sql) {
        sync::Query query = station_->reader().query(sql);
        return query.step() ? query.int64(0) : -1;
    }

  private:
    terminal::StationOptions options() {
        return {.directory = folder_.path(), .terminal = role_ + "-1", .role = role_};
    }

    void start() {
        auto opened = terminal::Station::open(options());
        FANGXIN_CHECK(opened.has_value());
        station_ = std::move(*opened);
        station_->start({});
    }

    void fill() {
        start();
        put(domain::Category{.code = "dairy", .batch_control = domain::BatchControl::lot});
        put(domain::Category{.code = "dry", .batch_control = domain::BatchControl::date});
        put(domain::Category{.code = "fruit", .batch_control = domain::BatchControl::delivery});
        put(domain::Category{.code = "spirits", .minimum_age = 18});
        domain::Item milk{.code = "milk",
                          .name_zh = "牛奶",
                          .name_en = "Milk",
                          .category = "dairy",
                          .price_fen = 500,
                          .vat_permille = 90,
                          .shelf_life = domain::ShelfLife{21, domain::LifeUnit::days}};
        put(milk);
        put(domain::Item{.code = "noodles",
                         .name_zh = "方便面",
                         .name_en = "Noodles",
                         .category = "dry",
                         .price_fen = 1494,
                         .vat_permille = 130,
                         .supplier = "S1"});
        put(domain::Item{.code = "banana",
                         .name_zh = "香蕉",
                         .name_en = "Bananas",
                         .category = "fruit",
                         .unit = domain::Unit::kg,
                         .price_fen = 698});
        put(domain::Item{
            .code = "baijiu", .name_zh = "白酒", .category = "spirits", .price_fen = 9900});
        put(domain::Barcode{gtin14(milk_code), "milk", 1});
        put(domain::Barcode{gtin14(noodles_code), "noodles", 1});
        put(domain::Barcode{"01011", "banana", 1});
        put(domain::Barcode{"02001", "baijiu", 1});
        put(domain::Supplier{"S1", "供应商", ""});
        using domain::Role;
        for (auto [number, role] : {std::pair{"1001", Role::cashier},
                                    {"1101", Role::shift_lead},
                                    {"1201", Role::receiver},
                                    {"1301", Role::inspector},
                                    {"1601", Role::manager}}) {
            put(domain::Person{
                .number = number, .name = number, .role = role, .pin_verifier = one_verifier()});
        }
        put(batch("milk", "L1", 3, 21));
        station_.reset();
    }

    TempDir folder_;
    std::string role_;
    std::unique_ptr<terminal::Station> station_;
};

/// The basket as one text: `milk×2 ¥10.00; noodles×1 ¥14.94 blocked`.
inline std::string printed(const domain::Basket& basket) {
    std::string text;
    for (const domain::Line& line : basket.lines) {
        if (!text.empty()) text += "; ";
        text += fmt::format("{}×{} {} {}", line.item, line.quantity, line.amount_fen,
                            domain::to_text(line.basis));
        if (line.blocked) text += " blocked";
        if (line.verdict == domain::VerdictKind::verify) text += " verify";
    }
    return text.empty() ? "empty" : text;
}

inline std::string printed(const terminal::Outcome& outcome) {
    if (!outcome.error.empty()) return outcome.error;
    if (!outcome.verdict) return "done";
    std::string text(domain::to_text(outcome.verdict->kind));
    for (domain::Reason reason : outcome.verdict->reasons) {
        text += " " + std::string(domain::to_text(reason));
    }
    return text;
}

}  // namespace fangxin::tests
