"""What reports and transcripts say in Spanish."""

from collections.abc import Mapping

__all__ = ["PAPERS"]

PAPERS: Mapping[str, str] = {
    "paper.page": "Página {number} de {count}",
    "paper.dated": "Emitido el {moment} (hora de Brasilia)",
    "paper.sources": "Fuentes",
    "paper.title": "Informe de la investigación {number}",
    "paper.summary": "Resumen",
    "report.scope": "Organismo: {organ}. Período: {period}. {read|Se leyó|Se leyeron} {read} {read|contrato|contratos}, de {suppliers} {suppliers|proveedor|proveedores}, que {read|suma|suman} {total}.",
    "report.partial": "La lectura va por el {share} % de {contracts} contratos: lo que sigue aún puede cambiar.",
    "report.none": "Las reglas usadas no hallaron ningún indicio. Eso no garantiza que todo esté en orden.",
    "report.count": "Indicios encontrados: {found}. Aquí están los {shown} que más se destacan.",
    "paper.months": "Valor contratado por mes",
    "paper.month": "Mes",
    "paper.value": "Importe",
    "paper.findings": "Indicios",
    "paper.finding": "Qué llamó la atención",
    "paper.contracts": "Contratos, por unidad (UG)",
    "paper.more": "Otros en el mismo caso: {n}.",
    "paper.by_rule": "Según el tipo: {told}.",
    "paper.short_period": "El período no incluye un año entero: no se buscó prisa de fin de año, y las compras divididas pueden verse solo al leer todo el año, porque el límite para contratar sin licitación es anual.",
    "paper.severity": "Relevancia",
    "paper.severity_high": "alta",
    "paper.severity_medium": "media",
    "paper.severity_low": "baja",
    "paper.source": "Portal de Transparencia del Gobierno Federal de Brasil: {name}",
    "paper.source_demo": "Datos ficticios de demostración: {name}",
    "paper.demo": "DATOS FICTICIOS DE DEMOSTRACIÓN",
    "transcript.title": "Conversación con {company}",
    "transcript.protocol": "Número de protocolo {protocol}",
    "transcript.customer": "Usted",
    "transcript.company": "Atención al cliente",
    "transcript.attendant": "Agente",
    "transcript.moment": "%d/%m/%Y %H:%M",
}
