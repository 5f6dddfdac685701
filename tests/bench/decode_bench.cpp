// How many codes are read off photos as a camera takes them, how long that takes, and how often the
// reading is wrong, beside plain ZXing and plain zbar on the very same pixels.
#include "drivers/pictures/decoder.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/plain_readers.hpp"
#include "tests/support/code_photo.hpp"
#include "tests/support/drawn_code.hpp"

#include <fmt/format.h>
#include <map>

namespace fangxin::bench {

namespace {

constexpr std::uint64_t first_seed = 20'260'000;

struct Photo {
    std::string_view kind;
    std::string_view hardship;
    std::string text;
    tests::GreyPhoto grey;
};

std::vector<Photo> photos(int rounds) {
    const tests::PictureFolder folder;
    std::vector<Photo> all;
    std::uint64_t seed = first_seed;
    for (int round = 0; round < rounds; ++round) {
        for (const auto& kind : tests::photo_kinds()) {
            for (const auto& hardship : tests::hardships()) {
                const tests::DrawnCode code = tests::drawn_code(kind.name, ++seed);
                const auto drawn = tests::load_png(folder.draw(code.zint));
                all.push_back({kind.name, hardship.name, code.text,
                               tests::photograph(drawn, hardship, seed).photo});
            }
        }
    }
    return all;
}

/// What one reader made of them all.
struct Score {
    int read = 0;
    int wrong = 0;
    int died = 0;
    Samples ms;
    std::map<std::string_view, int> read_by_hardship;

    void add(const Photo& photo, const PlainReading& reading) {
        ms.add(reading.ms);
        died += reading.has_died ? 1 : 0;
        if (reading.text.empty()) return;
        if (!tests::same_code(photo.kind, photo.text, reading.text)) {
            ++wrong;
            return;
        }
        ++read;
        ++read_by_hardship[photo.hardship];
    }
    double percent(std::size_t of) const { return 100.0 * read / static_cast<double>(of); }
    std::string in_words(std::size_t of) const {
        return fmt::format("{:.1f} % read, {} wrong, {} died, median {:.2f} ms, p95 {:.2f} ms",
                           percent(of), wrong, died, ms.percentile(50), ms.percentile(95));
    }
};

/// As a camera's frames are read: what is not sure waits for a second frame and does not count.
Score ours(const std::vector<Photo>& all, const std::string& helper) {
    drivers::Decoder decoder({.helper = helper});
    Score score;
    for (const Photo& photo : all) {
        PlainReading reading;
        reading.ms = ms_of([&] {
            auto decoded =
                decoder.decode_frame({.width = photo.grey.width,
                                      .height = photo.grey.height,
                                      .pixels = std::as_bytes(std::span(photo.grey.pixels))});
            if (decoded && decoded->sure) reading.text = decoded->text;
            reading.has_died = !decoded && decoded.error().code == "decoder_died";
        });
        score.add(photo, reading);
    }
    return score;
}

Score plain(const std::vector<Photo>& all, PlainReader reader) {
    std::vector<const tests::GreyPhoto*> pixels;
    for (const Photo& photo : all)
        pixels.push_back(&photo.grey);
    const auto readings = read_plainly(pixels, reader);
    Score score;
    for (std::size_t i = 0; i < all.size(); ++i)
        score.add(all[i], readings[i]);
    return score;
}

std::string by_hardship(const Score& score, int each) {
    std::string text;
    for (const auto& hardship : tests::hardships()) {
        const auto count = score.read_by_hardship.find(hardship.name);
        const int read = count == score.read_by_hardship.end() ? 0 : count->second;
        text += fmt::format("{}{} {}/{}", text.empty() ? "" : ", ", hardship.name, read, each);
    }
    return text;
}

}  // namespace

void bench_decode(Run& run) {
    const int rounds = run.quick ? 1 : 4;
    const std::vector<Photo> all = photos(rounds);
    const std::size_t count = all.size();
    const Score own = ours(all, run.program("fangxin-decode"));
    const Score zxing = plain(all, PlainReader::zxing);
    const Score zbar = plain(all, PlainReader::zbar);
    const int each = rounds * static_cast<int>(tests::photo_kinds().size());
    const std::string set = fmt::format(
        "{} photos 1280x720 of {} kinds of code by zint, seeds from {}{}; plain ZXing: {}; plain "
        "zbar: {}",
        count, tests::photo_kinds().size(), first_seed, run.quick_note(), zxing.in_words(count),
        zbar.in_words(count));
    run.report({.name = "decode_rate",
                .value = own.percent(count),
                .unit = "% read",
                .n = static_cast<std::int64_t>(count),
                .floor = zxing.percent(count),
                .target = Target{Target::Of::ratio, Target::Bound::at_most, 1},
                .conditions = set + "; ours: " + by_hardship(own, each) +
                              "; floor: plain ZXing on the same pixels"});
    run.report({.name = "decode_wrong",
                .value = static_cast<double>(own.wrong),
                .unit = "wrong",
                .n = static_cast<std::int64_t>(count),
                .floor = static_cast<double>(zxing.wrong),
                .target = Target{Target::Of::value, Target::Bound::at_most, 0},
                .conditions = "taken as a scan at once, the same photos; " + own.in_words(count)});
    Figure time = figure_of_times("decode_time", own.ms, &zxing.ms);
    time.conditions = fmt::format(
        "per photo, through the shut-in program, up to 80 ms of looks; p95 {:.2f} ms; floor: plain "
        "ZXing, one look in this process, p95 {:.2f} ms",
        own.ms.percentile(95), zxing.ms.percentile(95));
    run.report(time);
}

}  // namespace fangxin::bench
