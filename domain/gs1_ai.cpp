#include "domain/gs1_ai.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fangxin::domain {

namespace {

/// N, X, Y, Z of the Syntax Dictionary; GS1 General Specifications 7.11 lists the characters.
enum class Charset : std::uint8_t { digits, set_82, set_39, set_64 };

/// What a part must be besides its characters. Country and currency codes, company prefixes and
/// the like are an encoder's business: goods are not refused at a till for them.
enum class Content : std::uint8_t {
    any,
    check_digit,
    date,
    date_or_month,
    hour,
    minute,
    hour_minute
};

struct Part {
    Charset set = Charset::digits;
    std::uint8_t least = 0;
    std::uint8_t most = 0;
    Content content = Content::any;
    bool may_lack = false;
};

constexpr Part n(std::uint8_t size, Content content = Content::any) {
    return {Charset::digits, size, size, content, false};
}
constexpr Part n_up_to(std::uint8_t most) { return {Charset::digits, 1, most}; }
constexpr Part x(std::uint8_t size) { return {Charset::set_82, size, size}; }
constexpr Part x_up_to(std::uint8_t most) { return {Charset::set_82, 1, most}; }
constexpr Part optional(Part part) {
    part.may_lack = true;
    return part;
}

/// One AI or a run of them. An AI's first two digits fix its length, so the number alone names it.
struct AiRow {
    int first;
    int last;
    std::array<Part, 4> parts;
};

constexpr Part gtin = n(14, Content::check_digit);
constexpr Part location = n(13, Content::check_digit);
constexpr Part day = n(6, Content::date);
constexpr Part day_or_month = n(6, Content::date_or_month);
constexpr Part sixty = n(2, Content::minute);

// To know a further AI, add a row; keep the numbers rising, the look-up halves its way.
constexpr std::array ai_rows{
    AiRow{0, 0, {{n(18, Content::check_digit)}}},  // SSCC
    AiRow{1, 2, {{gtin}}},                         // GTIN, GTIN of contained trade items
    AiRow{3, 3, {{gtin}}},                         // GTIN made to order
    AiRow{10, 10, {{x_up_to(20)}}},                // lot
    AiRow{11, 13, {{day_or_month}}},               // production, payment due, packaging
    AiRow{15, 17, {{day_or_month}}},               // best before, sell by, expiry
    AiRow{20, 20, {{n(2)}}},                       // variant
    AiRow{21, 22, {{x_up_to(20)}}},                // serial, consumer product variant
    AiRow{30, 30, {{n_up_to(8)}}},                 // variable count
    AiRow{37, 37, {{n_up_to(8)}}},                 // count of contained trade items
    AiRow{90, 90, {{x_up_to(30)}}},                // agreed between partners
    AiRow{91, 99, {{x_up_to(90)}}},                // a company's own
    AiRow{235, 235, {{x_up_to(28)}}},              // third party serial
    AiRow{240, 241, {{x_up_to(30)}}},              // additional product id, customer part number
    AiRow{242, 242, {{n_up_to(6)}}},               // made-to-order variation
    AiRow{243, 243, {{x_up_to(20)}}},              // packaging component
    AiRow{250, 251, {{x_up_to(30)}}},              // secondary serial, source entity
    AiRow{253, 253, {{location, optional(x_up_to(17))}}},    // document
    AiRow{254, 254, {{x_up_to(20)}}},                        // location extension
    AiRow{255, 255, {{location, optional(n_up_to(12))}}},    // coupon
    AiRow{400, 401, {{x_up_to(30)}}},                        // order number, consignment
    AiRow{402, 402, {{n(17, Content::check_digit)}}},        // shipment
    AiRow{403, 403, {{x_up_to(30)}}},                        // routing
    AiRow{410, 417, {{location}}},                           // ship to … party
    AiRow{420, 420, {{x_up_to(20)}}},                        // postal code
    AiRow{421, 421, {{n(3), x_up_to(9)}}},                   // country and postal code
    AiRow{422, 422, {{n(3)}}},                               // country of origin
    AiRow{423, 423, {{n_up_to(15)}}},                        // countries of initial processing
    AiRow{424, 424, {{n(3)}}},                               // country of processing
    AiRow{425, 425, {{n_up_to(15)}}},                        // countries of disassembly
    AiRow{426, 426, {{n(3)}}},                               // country of the whole process
    AiRow{427, 427, {{x_up_to(3)}}},                         // subdivision of origin
    AiRow{710, 717, {{x_up_to(20)}}},                        // national healthcare numbers
    AiRow{3100, 3699, {{n(6)}}},                             // measures, 4th digit = decimals
    AiRow{3900, 3909, {{n_up_to(15)}}},                      // amount payable
    AiRow{3910, 3919, {{n(3), n_up_to(15)}}},                // … with ISO 4217 currency
    AiRow{3920, 3929, {{n_up_to(15)}}},                      // price of a variable measure item
    AiRow{3930, 3939, {{n(3), n_up_to(15)}}},                // … with ISO 4217 currency
    AiRow{3940, 3943, {{n(4)}}},                             // percent off a coupon
    AiRow{3950, 3955, {{n(6)}}},                             // price per unit of measure
    AiRow{4300, 4301, {{x_up_to(35)}}},                      // ship to company, contact
    AiRow{4302, 4306, {{x_up_to(70)}}},                      // ship to address
    AiRow{4307, 4307, {{x(2)}}},                             // ship to country
    AiRow{4308, 4308, {{x_up_to(30)}}},                      // ship to telephone
    AiRow{4309, 4309, {{n(20)}}},                            // ship to position
    AiRow{4310, 4311, {{x_up_to(35)}}},                      // return to company, contact
    AiRow{4312, 4316, {{x_up_to(70)}}},                      // return to address
    AiRow{4317, 4317, {{x(2)}}},                             // return to country
    AiRow{4318, 4318, {{x_up_to(20)}}},                      // return to postal code
    AiRow{4319, 4319, {{x_up_to(30)}}},                      // return to telephone
    AiRow{4320, 4320, {{x_up_to(35)}}},                      // service
    AiRow{4321, 4323, {{n(1)}}},                             // dangerous, may leave, signature
    AiRow{4324, 4325, {{n(10)}}},                            // deliver not before, not after
    AiRow{4326, 4326, {{day}}},                              // release
    AiRow{4330, 4333, {{n(6), optional(x(1))}}},             // storage temperatures
    AiRow{7001, 7001, {{n(13)}}},                            // NATO stock number
    AiRow{7002, 7002, {{x_up_to(30)}}},                      // meat cut
    AiRow{7003, 7003, {{day, n(4, Content::hour_minute)}}},  // expiry with its minute
    AiRow{7004, 7004, {{n_up_to(4)}}},                       // active potency
    AiRow{7005, 7005, {{x_up_to(12)}}},                      // catch area
    AiRow{7006, 7006, {{day}}},                              // first frozen
    AiRow{7007, 7007, {{day, optional(day)}}},               // harvest, or from and to
    AiRow{7008, 7008, {{x_up_to(3)}}},                       // aquatic species
    AiRow{7009, 7009, {{x_up_to(10)}}},                      // fishing gear
    AiRow{7010, 7010, {{x_up_to(2)}}},                       // production method
    AiRow{7011, 7011, {{day, optional(n(4, Content::hour_minute))}}},  // test by
    AiRow{7020, 7022, {{x_up_to(20)}}},                                // refurbishment
    AiRow{7023, 7023, {{x_up_to(30)}}},                                // assembly
    AiRow{7030, 7039, {{n(3), x_up_to(27)}}},                          // processors
    AiRow{7040, 7040, {{n(1), x(3)}}},                                 // UIC with extension
    AiRow{7230, 7239, {{x(2), x_up_to(28)}}},                          // certificates
    AiRow{7240, 7240, {{x_up_to(20)}}},                                // protocol
    AiRow{7241, 7241, {{n(2)}}},                                       // media type
    AiRow{7242, 7242, {{x_up_to(25)}}},                                // version control
    AiRow{8001, 8001, {{n(14)}}},                                      // roll dimensions
    AiRow{8002, 8002, {{x_up_to(20)}}},                                // mobile telephone
    AiRow{8003, 8003, {{n(1), location, optional(x_up_to(16))}}},      // returnable asset
    AiRow{8004, 8004, {{x_up_to(30)}}},                                // individual asset
    AiRow{8005, 8005, {{n(6)}}},                                       // price per unit
    AiRow{8006, 8006, {{gtin, n(4)}}},                                 // piece of a trade item
    AiRow{8007, 8007, {{x_up_to(34)}}},                                // IBAN
    AiRow{8008, 8008, {{day, n(2, Content::hour), optional(sixty), optional(sixty)}}},  // made at
    AiRow{8009, 8009, {{x_up_to(50)}}},                   // sensor indicator
    AiRow{8010, 8010, {{Part{Charset::set_39, 1, 30}}}},  // component or part
    AiRow{8011, 8011, {{n_up_to(12)}}},                   // its serial
    AiRow{8012, 8012, {{x_up_to(20)}}},                   // software version
    AiRow{8013, 8013, {{x_up_to(25)}}},                   // model
    AiRow{8017, 8018, {{n(18, Content::check_digit)}}},   // service relation
    AiRow{8019, 8019, {{n_up_to(10)}}},                   // its instance
    AiRow{8020, 8020, {{x_up_to(25)}}},                   // payment slip
    AiRow{8026, 8026, {{gtin, n(4)}}},                    // contained pieces
    AiRow{8030, 8030, {{Part{Charset::set_64, 1, 90}}}},  // signature
    AiRow{8110, 8110, {{x_up_to(70)}}},                   // coupon, North America
    AiRow{8111, 8111, {{n(4)}}},                          // loyalty points
    AiRow{8112, 8112, {{x_up_to(70)}}},                   // coupon, paperless
    AiRow{8200, 8200, {{x_up_to(70)}}},                   // product page
};

constexpr bool rows_rise() {
    for (std::size_t i = 0; i < ai_rows.size(); ++i) {
        if (ai_rows[i].first > ai_rows[i].last) return false;
        if (i > 0 && ai_rows[i - 1].last >= ai_rows[i].first) return false;
    }
    return true;
}
static_assert(rows_rise());

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool belongs(char c, Charset set) {
    if (is_digit(c)) return true;
    switch (set) {
        case Charset::digits:
            return false;
        case Charset::set_82:
            return is_letter(c) ||
                   std::string_view("!\"%&'()*+,-./:;<=>?_").find(c) != std::string_view::npos;
        case Charset::set_39:
            return (c >= 'A' && c <= 'Z') || c == '#' || c == '-' || c == '/';
        case Charset::set_64:
            return is_letter(c) || c == '-' || c == '_' || c == '=';
    }
    return false;
}

int two_digits(std::string_view text) { return static_cast<int>(number_of(text.substr(0, 2))); }

/// What `ai` may hold; for one that we do not know, whatever its separator rule lets through.
std::array<Part, 4> parts_of(std::string_view ai) {
    int number = static_cast<int>(number_of(ai));
    auto row = std::lower_bound(ai_rows.begin(), ai_rows.end(), number,
                                [](const AiRow& r, int wanted) { return r.last < wanted; });
    if (row != ai_rows.end() && row->first <= number) return row->parts;
    if (auto length = predefined_length(ai)) return {n(static_cast<std::uint8_t>(*length))};
    return {x_up_to(90)};
}

int full_year(int two_digit_year, int this_year) {
    int difference = two_digit_year - this_year % 100;
    int century = this_year - this_year % 100;
    if (difference >= 51) century -= 100;
    if (difference <= -50) century += 100;
    return century + two_digit_year;
}

std::optional<CodeError> judge_content(std::string_view text, Content content, int this_year) {
    bool good = true;
    switch (content) {
        case Content::any:
            return std::nullopt;
        case Content::check_digit:
            if (check_digit_holds(text)) return std::nullopt;
            return CodeError::check_digit;
        case Content::date:
            good = two_digits(text.substr(4)) != 0;
            [[fallthrough]];
        case Content::date_or_month:
            good = good && date_of_six(text, this_year).has_value();
            break;
        case Content::hour:
            good = two_digits(text) < 24;
            break;
        case Content::minute:
            good = two_digits(text) < 60;
            break;
        case Content::hour_minute:
            good = two_digits(text) < 24 && two_digits(text.substr(2)) < 60;
            break;
    }
    return good ? std::nullopt : std::optional(CodeError::date);
}

}  // namespace

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool check_digit_holds(std::string_view text) {
    if (text.size() < 2 || !is_digit(text.back())) return false;
    return gs1_check_digit(text.substr(0, text.size() - 1)) == text.back();
}

std::int64_t number_of(std::string_view digits) {
    FANGXIN_CHECK(digits.size() <= 18);
    std::int64_t number = 0;
    for (char c : digits) {
        number = number * 10 + (c - '0');
    }
    return number;
}

std::size_t ai_length(std::string_view data) {
    // Row = first digit, column = second (GS1 General Specifications 7.8).
    constexpr std::string_view lengths =
        "2222200000"
        "2222222222"
        "2223330000"
        "2444444204"
        "3334000000"
        "0000000000"
        "0000000000"
        "4340000000"
        "4440000000"
        "2222222222";
    if (data.size() < 2 || !all_digits(data.substr(0, 2))) return 0;
    auto length =
        static_cast<std::size_t>(lengths[static_cast<std::size_t>(two_digits(data))] - '0');
    if (data.size() < length || !all_digits(data.substr(0, length))) return 0;
    return length;
}

std::optional<std::size_t> predefined_length(std::string_view ai) {
    int prefix = two_digits(ai);
    if (prefix == 0) return 18;
    if (prefix <= 3) return 14;
    if (prefix == 4) return 16;
    if (prefix >= 11 && prefix <= 19) return 6;
    if (prefix == 20) return 2;
    if (prefix >= 31 && prefix <= 36) return 6;
    if (prefix == 41) return 13;
    return std::nullopt;
}

std::optional<Date> date_of_six(std::string_view text, int this_year) {
    int year = full_year(two_digits(text), this_year);
    int month = two_digits(text.substr(2));
    int day_of_month = two_digits(text.substr(4));
    if (day_of_month != 0) return make_date(year, month, day_of_month);
    auto next = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
    if (month == 0 || !next) return std::nullopt;
    return *next - std::chrono::days{1};
}

void keep_graver(std::optional<CodeError>& kept, std::optional<CodeError> found) {
    if (found && (!kept || *found < *kept)) kept = found;
}

std::optional<CodeError> judge_ai_value(std::string_view ai, std::string_view value,
                                        int this_year) {
    std::optional<CodeError> error;
    for (const Part& part : parts_of(ai)) {
        if (part.most == 0 || (part.may_lack && value.empty())) break;
        std::string_view text = value.substr(0, part.most);
        if (text.size() < part.least) return CodeError::length;
        value.remove_prefix(text.size());
        bool fits =
            std::all_of(text.begin(), text.end(), [&](char c) { return belongs(c, part.set); });
        keep_graver(error, fits ? judge_content(text, part.content, this_year)
                                : std::optional(CodeError::charset));
    }
    if (!value.empty()) return CodeError::length;  // its digits are not where the table says
    return error;
}

}  // namespace fangxin::domain
