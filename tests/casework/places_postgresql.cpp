#include "places.hpp"

#include "../holdings/conformance_databases.hpp"

#include <candour/casework/store/database.hpp>

#include <memory>

namespace candour::casework_tests {
namespace {

struct OneServer {
  int port = holdings_tests::free_port();
  holdings_tests::Server server{"postgresql_server", std::to_string(port)};
  [[nodiscard]] std::string url() const { return "postgresql://candour:a%20secret@127.0.0.1:" + std::to_string(port) + "/candour"; }
};

OneServer& server() {
  static auto made = std::make_unique<OneServer>();
  struct Stop final : ::testing::Environment {
    void TearDown() override { made.reset(); }
  };
  static ::testing::Environment* const stops = ::testing::AddGlobalTestEnvironment(new Stop);
  static_cast<void>(stops);
  return *made;
}

}  // namespace

/// A schema of its own in the one server of this program.
std::string fresh_place() {
  static int made = 0;
  const std::string schema = "office" + std::to_string(++made);
  auto database = casework::store::open_database(server().url());
  if (!database) return {};
  const auto done = casework::store::in_transaction(**database, casework::store::Access::writing,
                                                    [&](casework::store::Transaction& transaction) { return transaction.run("CREATE SCHEMA " + schema); });
  return done ? server().url() + "?options=-csearch_path%3D" + schema : std::string();
}

std::string dead_place() { return "postgresql://candour:a%20secret@127.0.0.1:" + std::to_string(holdings_tests::free_port()) + "/candour"; }

}  // namespace candour::casework_tests
