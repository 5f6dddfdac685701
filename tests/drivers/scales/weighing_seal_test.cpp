// The seal over the real library, and over copies of it that somebody changed.
#include "drivers/scales/weighing_seal.hpp"

#include "drivers/scales/weighing_code.hpp"
#include "tests/support/temp_dir.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace fangxin::drivers {
namespace {

constexpr weighing::Parameters scale{
    .min_mg = 100'000, .max_mg = 15'000'000, .e_mg = 5'000, .max_tare_mg = 9'000'000};

std::string library_bytes() {
    std::ifstream in(FANGXIN_WEIGHING_LIBRARY, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Result<std::string> hash_of(const std::string& bytes) {
    tests::TempDir folder;
    std::ofstream(folder.path() / "copy.so", std::ios::binary) << bytes;
    return code_hash_of_file(folder.path() / "copy.so");
}

// WEIGH-4
TEST(WeighingSeal, IsTheSameInMemoryAndInTheFileAndWhatWasBuilt) {
    auto in_file = code_hash_of_file(FANGXIN_WEIGHING_LIBRARY);
    ASSERT_TRUE(in_file);
    EXPECT_EQ(code_hash_in_memory(), *in_file);
    EXPECT_EQ(pinned_code_hash(), *in_file);
    EXPECT_TRUE(seal_of(scale).genuine);
}

// WEIGH-4
TEST(WeighingSeal, ChangesWithOneByteOfTheCode) {
    std::string bytes = library_bytes();
    const std::string before = *hash_of(bytes);
    const auto word = bytes.find("预置皮重");
    ASSERT_NE(word, bytes.npos);
    bytes[word] = static_cast<char>(bytes[word] + 1);
    EXPECT_NE(*hash_of(bytes), before);
}

// WEIGH-4
TEST(WeighingSeal, DoesNotChangeWhenDebugInformationIsStripped) {
    tests::TempDir folder;
    const auto copy = folder.path() / "copy.so";
    std::ofstream(copy, std::ios::binary) << library_bytes();
    ASSERT_EQ(std::system(("strip " + copy.string()).c_str()), 0);
    EXPECT_LT(std::filesystem::file_size(copy), library_bytes().size());
    EXPECT_EQ(code_hash_of_file(copy), code_hash_of_file(FANGXIN_WEIGHING_LIBRARY));
}

// WEIGH-4
TEST(WeighingSeal, ChangesWithEachParameter) {
    const WeighingSeal before = seal_of(scale);
    std::int64_t weighing::Parameters::*const members[] = {
        &weighing::Parameters::min_mg,        &weighing::Parameters::max_mg,
        &weighing::Parameters::e_mg,          &weighing::Parameters::max_tare_mg,
        &weighing::Parameters::stable_frames, &weighing::Parameters::fresh_ms};
    for (auto member : members) {
        weighing::Parameters changed = scale;
        changed.*member += 1;
        EXPECT_NE(seal_of(changed).parameters, before.parameters);
        EXPECT_NE(seal_of(changed).whole, before.whole);
        EXPECT_EQ(seal_of(changed).code, before.code);
    }
    EXPECT_EQ(seal_of(scale), before);
}

TEST(WeighingSeal, IsShortEnoughToBeReadAloud) {
    const WeighingSeal seal{.version = "1.0.0", .whole = "0123456789abcdef0123"};
    EXPECT_EQ(short_seal(seal), "1.0.0 0123-4567-89AB-CDEF");
}

TEST(WeighingSeal, OfWhatIsNoLibraryIsRefused) {
    EXPECT_EQ(hash_of("").error().code, "not_a_library");
    EXPECT_EQ(hash_of(std::string(200, 'x')).error().code, "not_a_library");
    for (std::size_t length : {64, 200, 5'000, 20'000}) {
        EXPECT_EQ(hash_of(library_bytes().substr(0, length)).error().code, "not_a_library");
    }
    EXPECT_EQ(code_hash_of_file("/no/such/library").error().code, "not_found");
}

}  // namespace
}  // namespace fangxin::drivers
