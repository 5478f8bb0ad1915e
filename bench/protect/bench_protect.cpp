#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"
#include <candour/attack/audit.hpp>
#include <candour/tabulate/jj_table.hpp>
#include <candour/base/files.hpp>
#include <fmt/format.h>
#include <chrono>
#include <cstring>
#include <ctime>
using namespace candour;
static double now(){return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();}
int main(int argc,char**argv){
  std::string jj=argv[1], pat=argv[2]; bool start=argc>3&&!strcmp(argv[3],"start"); 
  double t0=now();
  auto text=formats::read_plain_or_gzip(jj); auto file=formats::read_jj(*text,jj); if(!file){fmt::print("{}\n",base::to_text(file.error()));return 2;}
  auto t=tabulate::table_of_jj(*file,jj); if(!t){fmt::print("{}\n",base::to_text(t.error()));return 2;}
  auto p=formats::read_jj_pattern(*base::read_file(pat),pat);
  double t1=now(); std::clock_t c1=clock();
  knowledge::SystemView v; v.system=&t->system; v.standing=t->truth.standing; v.value=t->truth.value; v.lowest=t->truth.lowest; v.highest=t->truth.highest;
  for(auto&l:*p) v.standing[l.id]= l.status=='s'&&t->truth.standing[l.id]==table::CellStanding::always_shown?table::CellStanding::always_shown:table::standing_of(l.status);
  std::vector<knowledge::AskedInterval> asked; 
  for(auto&s:t->truth.secrets) asked.push_back({s.cell,s.reach_down,s.reach_up,s.width});
  for(uint32_t c=0;c<v.standing.size();++c) if(v.standing[c]==table::CellStanding::secondary) asked.push_back({c,{},{},1});
  attack::AuditOptions o; o.threads=argc>4?atoi(argv[4]):1; if(start) o.starting_table=t->truth.value; if(argc>5) o.numbers=attack::AuditNumbers::reals;
  auto r=attack::audit(v,asked,o); if(!r){fmt::print("{}\n",base::to_text(r.error()));return 3;}
  using V=attack::AuditVerdict;
  fmt::print("{} hidden {} comps {} largest {} prop {} | real-unsafe {} int-unsafe {} undecided {} | lps {} ips {} | read {:.2f} wall {:.2f} cpu {:.2f}\n",jj,r->hidden,r->components,r->largest_component,r->decided_by_propagation,
   r->count(V::fails_over_reals),r->count(V::fails_over_integers),r->count(V::undecided),r->linear_programs,r->integer_programs,t1-t0,now()-t1,double(clock()-c1)/CLOCKS_PER_SEC);
  if(r->count(V::fails_over_reals)<5) for(auto&c:r->cells) if(c.verdict!=V::holds) fmt::print("  cell {} value {} proved [{},{}] found [{},{}]\n",t->id[c.cell],t->truth.value[c.cell],c.proved_lowest,c.proved_highest,c.found_lowest,c.found_highest);
}
