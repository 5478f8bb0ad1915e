#pragma once
// Servers for the suite: started once a program on loopback, stopped at its end.

#include <gtest/gtest.h>
#include <scratch_folder.hpp>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace candour::holdings_tests {

/// A port of loopback that was free a moment ago.
inline int free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
  socklen_t size = sizeof address;
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  const int port = ntohs(address.sin_port);
  ::close(descriptor);
  return port;
}

/// Runs a script of tests/holdings.
inline int run_script(const std::string& words) { return std::system((std::string(CANDOUR_SOURCE_DIR) + "/tests/holdings/" + words).c_str()); }

/// A server in a folder that the whole machine may enter, as the server may run under a name of its own.
class Server {
 public:
  Server(std::string script, std::string arguments) : script_(std::move(script)) {
    std::string name = "/tmp/candour-server-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    std::filesystem::permissions(name, std::filesystem::perms::all);
    folder_ = name + "/server";
    started_ = run_script(script_ + " start " + folder_ + " " + arguments) == 0;
  }
  ~Server() {
    stop();
    std::filesystem::remove_all(std::filesystem::path(folder_).parent_path());
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  [[nodiscard]] bool started() const { return started_; }
  /// As a machine that loses its power: no process of the server gets to say good-bye.
  void kill() const { static_cast<void>(run_script(script_ + " kill " + folder_)); }
  void stop() const { static_cast<void>(run_script(script_ + " stop " + folder_)); }

 private:
  std::string script_;
  std::string folder_;
  bool started_ = false;
};

}  // namespace candour::holdings_tests
