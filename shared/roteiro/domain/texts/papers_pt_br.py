"""What reports and transcripts say in Brazilian Portuguese."""

from collections.abc import Mapping

__all__ = ["PAPERS"]

PAPERS: Mapping[str, str] = {
    "paper.page": "Página {number} de {count}",
    "paper.dated": "Emitido em {moment} (horário de Brasília)",
    "paper.sources": "Fontes",
    "paper.title": "Relatório da investigação {number}",
    "paper.summary": "Resumo",
    "report.scope": "Órgão: {organ}. Período: {period}. {read|Foi lido|Foram lidos} {read} {read|contrato|contratos}, de {suppliers} {suppliers|fornecedor|fornecedores}, que {read|soma|somam} {total}.",
    "report.partial": "A leitura está em {share} % de {contracts} contratos: o que segue ainda pode mudar.",
    "report.none": "Nenhum indício apareceu com as regras usadas. Isso não garante que tudo esteja regular.",
    "report.count": "Indícios encontrados: {found}. Aqui estão os {shown} de maior destaque.",
    "paper.months": "Valor contratado por mês",
    "paper.month": "Mês",
    "paper.value": "Valor",
    "paper.findings": "Indícios",
    "paper.finding": "O que chamou a atenção",
    "paper.contracts": "Contratos, por unidade (UG)",
    "paper.more": "Outros no mesmo caso: {n}.",
    "paper.by_rule": "Por tipo: {told}.",
    "paper.short_period": "O período não inclui um ano inteiro: a corrida de fim de ano não foi procurada, e compras divididas podem aparecer só quando se lê o ano todo, porque o limite de dispensa é anual.",
    "paper.severity": "Destaque",
    "paper.severity_high": "alto",
    "paper.severity_medium": "médio",
    "paper.severity_low": "baixo",
    "paper.source": "Portal da Transparência do Governo Federal: {name}",
    "paper.source_demo": "Dados fictícios de demonstração: {name}",
    "paper.demo": "DADOS FICTÍCIOS DE DEMONSTRAÇÃO",
    "transcript.title": "Conversa com {company}",
    "transcript.protocol": "Protocolo {protocol}",
    "transcript.customer": "Você",
    "transcript.company": "Atendimento",
    "transcript.attendant": "Atendente",
    "transcript.moment": "%d/%m/%Y, %H:%M",
}
