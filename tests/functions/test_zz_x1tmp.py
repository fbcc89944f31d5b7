import sys
sys.path.insert(0,'/work/main')
import pytest
from tests.functions.test_investigation_talk import contracts, Talk, words_of
pytestmark = pytest.mark.both_packs
TALKS=[
 ["contratos do ministério da defesa em 2025","contratos do ministério da saúde em 2024"],["contratos do ministério da defesa acima de R$ 1 milhão em 2025", "contratos do ministério da educação até 100 mil em 2025"],["contracts of the ministry of defence above 1 million in 2025","compare saúde e defesa em 2025"],
 ["contratos do ministério da defesa acima de R$ 1 milhão em 2025","contratos do ministério da saúde em 2024","contratos do ministério da educação até 100 mil em 2025"],
 ["contracts of the ministry of defence above 1 million in 2025"],["Mostre anomalias do ministério da saúde em 2025 acima de 1 milhão","e em março?"],
 ["contratos do ministério da defesa acima de R$ 1 milhão em 2025","gera o relatorio"],
 ["contratos do ministério da defesa em 2025","contratos do ministério da saúde em 2024","gera o relatorio da defesa","status da INV-2026-001","relatório da INV-2026-099"],
 ["compare o ministério da defesa e o ministério da saúde em 2025"],
 ["anomalias do ministério da saúde em 2025 comparado com 2024"],
 ["contratos do ministério do turismo em 2025","anomalias do ministério da saúde em 2031"],
 ["contratos do ministério da justiça entre R$ 100 mil e R$ 500 mil em 2025", "e da educação?"],
 ["contratos de R$ 1 milhão do ministério da defesa em 2025"],
 ["quero investigar o ministério dos transportes nos últimos 6 meses", "status", "report please"],
 ["show me anomalies of the ministry of health in 2025 above 1 million"],
]
@pytest.mark.parametrize("n",[0,1,2])
def test_x(client, contracts, n, tmp_path):
    t=Talk(client)
    for w in TALKS[n]:
        a=t.says(w)
        with open('/tmp/x1_out.txt','a') as out: print('>>',w,'\n',a['message'],'\n',file=out)
        for l in a['links']:
            d=client.get(l['href']).data
            with open('/tmp/x1_%d.%s'%(n,l['href'].split('?')[0].rsplit('.')[-1]),'wb') as f: f.write(d)
