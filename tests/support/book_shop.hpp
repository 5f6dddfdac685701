// A store's book in a folder of the test's own, and folders to import into it. Tests only.
#pragma once

#include "sync/server/importer.hpp"
#include "sync/shop_reader.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/written_file.hpp"

#include <map>
#include <string>

namespace fangxin::tests {

using Files = std::map<std::string, std::string>;

/// 2026-11-23, ten in the morning in Shanghai.
inline domain::StoreTime monday_morning() {
    return *domain::parse_instant("2026-11-23T10:00:00+08:00");
}

/// One chilled item followed by lot, and all that belongs to it.
inline Files small_shop() {
    return {{"categories.csv", "code,name_zh,batch_control\n13,乳品,lot\n38,水果,delivery\n"},
            {"suppliers.csv", "code,name\nS1,晨牧乳业\n"},
            {"items.csv",
             "code,name_zh,category,unit,price_fen,shelf_life,supplier\n"
             "130101,纯牛奶,13,piece,450,21d,S1\n"
             "380101,香蕉,38,kg,698,,\n"},
            {"barcodes.csv", "barcode,item\n6901234567892,130101\n01011,380101\n"},
            {"people.csv", "number,name,role,pin\n1001,林小雨,cashier,408213\n"},
            {"batches.csv",
             "item,lot,production,quantity_milli,state\n130101,A1,today-3d,24000,released\n"}};
}

class BookShop {
  public:
    BookShop() : database(open(dir.path() / "store.db")) {}

    Result<sync::ImportReport> import(const Files& files, sync::ImportOptions options = {}) {
        auto folder = dir.path() / std::to_string(++folders_);
        std::filesystem::create_directory(folder);
        for (const auto& [name, text] : files) {
            write_file(folder / name, text);
        }
        if (options.now == domain::StoreTime{}) options.now = monday_morning();
        return sync::import_folder(database, folder, options);
    }

    /// The reasons, a line each; `ok` if it was imported.
    std::string tried(const Files& files, const sync::ImportOptions& options = {}) {
        auto report = import(files, options);
        if (!report) return report.error().code;
        std::string lines;
        for (const std::string& problem : report->problems)
            lines += problem + "\n";
        return lines.empty() ? "ok" : lines;
    }

    std::int64_t ver() { return sync::newest_ver(database); }

    TempDir dir;
    sync::Database database;
    sync::ShopReader shop{database, sync::ShopReader::Side::server};

  private:
    static sync::Database open(const std::filesystem::path& file) {
        auto opened = sync::Database::open(file, sync::Database::Access::writer);
        if (!opened || !sync::prepare_book(*opened)) throw std::runtime_error("no book");
        return std::move(*opened);
    }
    int folders_ = 0;
};

}  // namespace fangxin::tests
