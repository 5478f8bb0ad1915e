// The only place that catches what must not happen: our own faults, and no memory.

#include <candour/base/check.hpp>
#include <candour/cli/program.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

int main(int argument_count, char** arguments) {
  using candour::cli::ExitStatus;
  // A closed pipe is a failed write with an exit status of its own, not a sudden end.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return candour::cli::run_program(std::vector<std::string>(arguments + 1, arguments + argument_count));
  } catch (const candour::base::InternalFault& fault) {
    std::fprintf(stderr, "candour: internal fault: %.*s (%.*s:%d)\nhint: nothing was released; please report this line\n",
                 static_cast<int>(fault.sentence.size()), fault.sentence.data(), static_cast<int>(fault.file.size()), fault.file.data(), fault.line);
    return static_cast<int>(ExitStatus::internal_fault);
  } catch (const std::bad_alloc&) {
    std::fputs("candour: out of memory\nhint: nothing was released; ask for fewer periods or coarser levels, or give the program more memory\n", stderr);
    return static_cast<int>(ExitStatus::could_not_finish);
  } catch (const std::exception&) {
    // The text of a foreign exception may repeat a record; it is not printed.
    std::fputs("candour: internal fault: an exception of a library was not expected\nhint: nothing was released; please report what you ran\n", stderr);
    return static_cast<int>(ExitStatus::internal_fault);
  }
}
