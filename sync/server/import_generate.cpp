#include "sync/server/import_generate.hpp"

#include "domain/code.hpp"
#include "domain/goods.hpp"
#include "sync/server/server_rows.hpp"

#include <array>
#include <charconv>

namespace fangxin::sync {

namespace {

using domain::Item;

constexpr std::string_view category_code = "made-up";
constexpr std::string_view person = "server";
constexpr std::size_t per_chunk = 300;

struct Word {
    std::string_view zh;
    std::string_view en;
};
constexpr std::array brands{
    Word{"青禾", "Qinghe"},   Word{"山溪", "Shanxi"},  Word{"云糕", "Yungao"},
    Word{"麦语", "Maiyu"},    Word{"雪原", "Xueyuan"}, Word{"果漾", "Guoyang"},
    Word{"豆香", "Douxiang"}, Word{"海屿", "Haiyu"},   Word{"松果", "Songguo"},
    Word{"晨牧", "Chenmu"},   Word{"禾香", "Hexiang"}, Word{"米谷", "Migu"}};
constexpr std::array flavours{Word{"原味", "plain"},    Word{"草莓", "strawberry"},
                              Word{"芝麻", "sesame"},   Word{"番茄", "tomato"},
                              Word{"海盐", "sea salt"}, Word{"桂花", "osmanthus"},
                              Word{"红枣", "jujube"},   Word{"抹茶", "matcha"}};
constexpr std::array goods{
    Word{"饼干", "biscuits"},    Word{"酸奶", "yoghurt"},    Word{"薯片", "crisps"},
    Word{"面包", "bread"},       Word{"汽水", "soda"},       Word{"巧克力", "chocolate"},
    Word{"果干", "dried fruit"}, Word{"豆干", "dried tofu"}, Word{"燕麦片", "oat flakes"},
    Word{"蛋卷", "egg rolls"},   Word{"果冻", "jelly"},      Word{"米饼", "rice cakes"}};

/// The n-th of a list, the list being walked once for every `step` items.
template <std::size_t Size>
const Word& pick(const std::array<Word, Size>& words, std::int64_t n, std::size_t step) {
    return words[static_cast<std::size_t>(n) / step % Size];
}

Item item_of(std::int64_t n) {
    std::string code = std::to_string(generated_first_code + n);
    const Word& what = pick(goods, n, 1);
    const Word& brand = pick(brands, n, goods.size());
    const Word& flavour = pick(flavours, n, goods.size() * brands.size());
    return {.code = code,
            .name_zh = fmt::format("{}{}{} {}", brand.zh, flavour.zh, what.zh, code),
            .name_en = fmt::format("{} {}, {}, {}", brand.en, what.en, flavour.en, code),
            .category = std::string(category_code),
            .price_fen = 290 + n * 37 % 4700,
            .vat_permille = 130,
            .shelf_life = domain::ShelfLife{12, domain::LifeUnit::months},
            .aisle = fmt::format("Z{:02}", n % 40)};
}

/// 6900 is China's (690 to 699), far from the in-store flags 20 to 29.
std::string barcode_of(std::int64_t n) {
    std::string digits = fmt::format("6900{:08}", n);
    digits.push_back(*domain::gs1_check_digit(digits));
    return "0" + digits;
}

OpDraft batch_of(const Item& item, std::int64_t n, const domain::StoreTime& now) {
    BatchReceived received{
        .item = item.code,
        .lot = fmt::format("Z{}", item.code),
        .production = domain::DayMinute{now.date() - std::chrono::days{2 + n % 20}, std::nullopt},
        .quantity_milli = 100'000,
        .decision = domain::Decision::released,
        .received = now.date() - std::chrono::days{1}};
    received.expiry = domain::expiry_from(*received.production, *item.shelf_life);
    received.batch =
        batch_id(received.item, {received.lot, received.production, received.expiry}, "");
    return draft(received, now, std::string(person));
}

void put_category(Database& database) {
    if (find_row<domain::Category>(database, category_code)) return;
    ServerRows rows(database);
    rows.put_any(domain::Category{.code = std::string(category_code),
                                  .name_zh = "试验商品",
                                  .name_en = "Made-up goods",
                                  .batch_control = domain::BatchControl::lot});
    rows.finish();
}

/// Which of the first `count` has this code or barcode.
std::optional<std::int64_t> number_in(std::string_view digits, std::int64_t count) {
    std::int64_t n = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    bool all = error == std::errc() && end == digits.data() + digits.size();
    return all && n >= 0 && n < count ? std::optional(n) : std::nullopt;
}
std::optional<std::int64_t> number_of_code(const std::string& code, std::int64_t count) {
    auto n = number_in(code, generated_first_code + count);
    if (!n || *n < generated_first_code || std::to_string(*n) != code) return std::nullopt;
    return *n - generated_first_code;
}
std::optional<std::int64_t> number_of_barcode(const std::string& barcode, std::int64_t count) {
    if (barcode.size() != 14) return std::nullopt;
    auto n = number_in(std::string_view(barcode).substr(5, 8), count);
    return n && barcode_of(*n) == barcode ? n : std::nullopt;
}

Result<void> is_free(const Item& item, std::int64_t count) {
    if (item.category == category_code || !number_of_code(item.code, count)) return {};
    return failure("generate", "item " + item.code + " is the shop's own");
}
Result<void> is_free(const domain::Barcode& barcode, std::int64_t count) {
    auto n = number_of_barcode(barcode.barcode, count);
    if (!n || barcode.item == std::to_string(generated_first_code + *n)) return {};
    return failure("generate", "barcode " + barcode.barcode + " is the shop's own");
}

/// `those_in_question`: the shop's rows that may be in the way. Made-up ones are not read: there
/// may be millions, and no recall is taken meanwhile.
template <Declared R>
Result<void> all_free(Database& database, const ImportFolder& folder, std::int64_t count,
                      std::string_view those_in_question) {
    for (const R& row : std::get<ImportedTable<R>>(folder).rows) {
        if (auto free = is_free(row, count); !free) return free;
    }
    Query query = database.query(select_sql<R>(those_in_question));
    while (query.step()) {
        if (auto free = is_free(read_row<R>(query), count); !free) return free;
    }
    return {};
}

/// Writes items `first` up to `end`; how many of them are new.
Result<std::int64_t> put_chunk(Database& database, std::int64_t first, std::int64_t end,
                               const domain::StoreTime& now) {
    std::vector<OpDraft> batches;
    ServerRows rows(database);
    for (std::int64_t n = first; n < end; ++n) {
        Item item = item_of(n);
        if (rows.item(item.code)) continue;
        rows.put_any(item);
        rows.put_any(domain::Barcode{barcode_of(n), item.code, 1});
        batches.push_back(batch_of(item, n, now));
    }
    rows.finish();
    auto appended = append_server_ops(database, batches);
    if (!appended) return tl::unexpected(appended.error());
    return static_cast<std::int64_t>(batches.size());
}

}  // namespace

Result<void> may_generate(Database& database, const ImportFolder& folder, std::int64_t count) {
    if (count < 0 || count > generated_most) {
        return failure("generate", fmt::format("0 to {} items", generated_most));
    }
    if (count == 0) return {};
    auto items = all_free<Item>(
        database, folder, count,
        fmt::format("WHERE category <> '{}' AND length(code) IN (6, 7)", category_code));
    if (!items) return items;
    // What barcode_of() makes of a number is its item's.
    return all_free<domain::Barcode>(
        database, folder, count,
        fmt::format("WHERE barcode >= '06900' AND barcode < '06901' AND "
                    "item <> CASE WHEN length(barcode) = 14 THEN "
                    "CAST({} + CAST(substr(barcode, 6, 8) AS INTEGER) AS TEXT) ELSE '' END",
                    generated_first_code));
}

Result<std::int64_t> generate_items(Database& database, const Generate& wanted) {
    std::int64_t made = 0;
    for (std::int64_t first = 0; first < wanted.count; first += per_chunk) {
        std::int64_t end = std::min(wanted.count, first + static_cast<std::int64_t>(per_chunk));
        auto done = database.transaction([&]() -> Result<void> {
            if (first == 0) put_category(database);
            auto chunk = put_chunk(database, first, end, wanted.now);
            if (!chunk) return tl::unexpected(chunk.error());
            made += *chunk;
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        if (wanted.let_pass) wanted.let_pass();
    }
    return made;
}

}  // namespace fangxin::sync
