"""What reports and transcripts say in English."""

from collections.abc import Mapping

__all__ = ["PAPERS"]

PAPERS: Mapping[str, str] = {
    "paper.page": "Page {number} of {count}",
    "paper.dated": "Issued on {moment} (Brasília time)",
    "paper.sources": "Sources",
    "paper.title": "Report of investigation {number}",
    "paper.summary": "Summary",
    "report.scope": "Agency: {organ}. Period: {period}. We read {read} {read|contract|contracts} with {suppliers} {suppliers|supplier|suppliers}, worth {total} in all.",
    "report.partial": "Reading has reached {share} % of {contracts} contracts: what follows may still change.",
    "report.none": "The rules in use found no indication. That does not prove that everything is in order.",
    "report.count": "Indications found: {found}. Here are the {shown} that stand out most.",
    "paper.months": "Contract value by month",
    "paper.month": "Month",
    "paper.value": "Value",
    "paper.findings": "Indications",
    "paper.finding": "What stands out",
    "paper.contracts": "Contracts, by buying unit (UG)",
    "paper.more": "Others of the same kind: {n}.",
    "paper.by_rule": "By kind: {told}.",
    "paper.short_period": "The period does not hold a whole year: a year-end rush was not looked for, and split purchases may only show when the whole year is read, as the limit for buying without a tender is yearly.",
    "paper.severity": "Prominence",
    "paper.severity_high": "high",
    "paper.severity_medium": "medium",
    "paper.severity_low": "low",
    "paper.source": "Transparency Portal of Brazil’s federal government: {name}",
    "paper.source_demo": "Made-up demonstration data: {name}",
    "paper.demo": "MADE-UP DEMONSTRATION DATA",
    "transcript.title": "Conversation with {company}",
    "transcript.protocol": "Protocol {protocol}",
    "transcript.customer": "You",
    "transcript.company": "Customer service",
    "transcript.attendant": "Attendant",
    "transcript.moment": "%Y-%m-%d %H:%M",
}
